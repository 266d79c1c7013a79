import type { NodeBudget } from '../demands/node-budget.ts';
import { possible } from '../demands/possible.ts';
import { demandsOfRules } from './rule-demands.ts';
import type { RuleRequest } from './rule-request.ts';
import type { AnyRules, RuleRegistry } from './rules.ts';
import { joinRules, type SingleRule, singleRules } from './single-rules.ts';

/** Shorter slates that are tried. */
const SHORTER = 50;

export interface ConflictTask {
  readonly kinds: RuleRegistry;
  readonly where: string;
  readonly budget: NodeBudget;
}

/**
 * One sentence for rules that no slate of the request's size keeps: the rules of a smallest conflict (without any one of them, a slate exists), found by dropping rule
 * after rule while the rest stays impossible. A shorter slate is offered where it would keep all rules. Where `budget` ends the search, more rules are named than need be.
 */
export function conflictOf(rules: AnyRules, request: RuleRequest, { kinds, where, budget }: ConflictTask): string {
  const { size } = request;
  const outcome = (kept: readonly SingleRule[], places: number): unknown =>
    possible(demandsOfRules(joinRules(kept), { ...request, size: places }, kinds), { size: places, budget });
  const all = singleRules(rules, { kinds });
  let kept = all;
  /** Drops what it can of `rules`: all at once where that is possible, which leaves what dropping one after the other does. */
  const drop = (rules: readonly SingleRule[]): void => {
    const gone = new Set(rules);
    const without = kept.filter((each) => !gone.has(each));
    if (outcome(without, size) === 'impossible') kept = without;
    else if (rules.length > 1) {
      const half = Math.ceil(rules.length / 2);
      drop(rules.slice(0, half));
      drop(rules.slice(half));
    }
  };
  if (all.length > 0) drop(all);
  let shorter = size - 1;
  while (shorter > 0 && size - shorter <= SHORTER && typeof outcome(all, shorter) === 'string') shorter--;
  const isKept = shorter > 0 && size - shorter <= SHORTER;
  const demands = kept.map(({ sentence }) => sentence).join('; ');
  const remedy = kept.length > 1 ? 'drop or loosen one of them' : 'drop or loosen it';
  const orShorter = isKept ? `, or ask for a slate of ${shorter}` : '';
  return `${where}: no slate of ${size} can keep${kept.length > 1 ? ' all of' : ''}: ${demands}; ${remedy}${orShorter}`;
}
