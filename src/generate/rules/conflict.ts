import type { Candidate } from './candidate.ts';
import type { NodeBudget } from './node-budget.ts';
import { possible } from './possible.ts';
import type { Rules } from './rules.ts';
import { joinRules, type SingleRule, singleRules } from './single-rules.ts';

/** Shorter slates that are tried. */
const SHORTER = 50;

/**
 * One sentence for rules that no slate of `size` keeps: the rules of a smallest conflict (without any one of them, a slate exists), found by dropping rule after rule
 * while the rest stays impossible. A shorter slate is offered where it would keep all rules. Where `budget` ends the search, more rules are named than need be.
 */
export function conflictOf(
  rules: Rules,
  candidates: readonly Candidate[],
  { size, where, budget }: { readonly size: number; readonly where: string; readonly budget: NodeBudget },
): string {
  const outcome = (kept: readonly SingleRule[], places: number): unknown =>
    possible(joinRules(kept), candidates, { size: places, budget });
  const all = singleRules(rules);
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
