/** Legend: N candidates, K slate. */
import type { Places } from '../../slate/places.ts';
import { attentionUnitsK } from './attention.ts';
import type { Candidate } from './candidate.ts';
import { complete } from './completion.ts';
import { fillingOf } from './filling.ts';
import type { NodeBudget } from './node-budget.ts';
import { eligible, startOf } from './pinned.ts';
import { groupByRules, type RuleGroups } from './rule-groups.ts';
import type { Rules } from './rules.ts';

/** Everything about rules that can be kept. */
export interface SettledRules {
  readonly start: Places;
  readonly groups: RuleGroups;
  readonly eligibleN: readonly boolean[];
  readonly unitsK: Float64Array;
}

/** Whether any slate of `size` keeps the rules; pins on places beyond it are impossible. */
export function possible(
  rules: Rules,
  candidates: readonly Candidate[],
  { size, budget }: { readonly size: number; readonly budget: NodeBudget },
): SettledRules | 'impossible' | 'undecided' {
  const eligibleN = eligible(rules, candidates);
  const start = startOf(rules, candidates, eligibleN, size);
  if (start === undefined) return 'impossible';
  const groups = groupByRules(rules, candidates, eligibleN, size);
  const unitsK = attentionUnitsK(size);
  const completion = complete(groups, unitsK, fillingOf(groups, unitsK, start), budget);
  return typeof completion === 'string' ? completion : { start, groups, eligibleN, unitsK };
}
