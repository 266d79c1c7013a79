import type { Candidate } from './candidate.ts';
import { possible } from './possible.ts';
import type { Rules } from './rules.ts';
import { joinRules, type SingleRule, singleRules } from './single-rules.ts';

/**
 * One sentence for rules that no slate of `size` keeps: the rules of a smallest conflict (without any one of them, a slate exists), found by dropping rule after rule
 * while the rest stays impossible. A shorter slate is offered where it would keep all rules.
 */
export function conflictOf(rules: Rules, candidates: readonly Candidate[], size: number, where: string): string {
  const outcome = (kept: readonly SingleRule[], places: number): unknown =>
    possible(joinRules(kept), candidates, places);
  const all = singleRules(rules);
  let kept = all;
  for (const rule of all) {
    const without = kept.filter((each) => each !== rule);
    if (outcome(without, size) === 'impossible') kept = without;
  }
  let shorter = size - 1;
  while (shorter > 0 && typeof outcome(all, shorter) === 'string') shorter--;
  const demands = kept.map(({ sentence }) => sentence).join('; ');
  const remedy = kept.length > 1 ? 'drop or loosen one of them' : 'drop or loosen it';
  const orShorter = shorter > 0 ? `, or ask for a slate of ${shorter}` : '';
  return `${where}: no slate of ${size} can keep${kept.length > 1 ? ' all of' : ''}: ${demands}; ${remedy}${orShorter}`;
}
