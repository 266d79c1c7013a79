/** Legend: N candidates, K slate. */
import type { Places } from '../../slate/places.ts';
import { attentionUnitsK } from './attention.ts';
import { complete } from './completion.ts';
import type { Demands } from './demand.ts';
import { fillingOf } from './filling.ts';
import { type DemandGroups, groupDemands } from './groups.ts';
import type { NodeBudget } from './node-budget.ts';
import { startOf } from './start.ts';

/** Everything about demands that can be met. */
export interface SettledDemands {
  readonly start: Places;
  readonly groups: DemandGroups;
  readonly unitsK: Float64Array;
}

/** Whether any slate of `size` meets the demands; a demand on a place beyond it is impossible. */
export function possible(
  demands: Demands,
  { size, budget }: { readonly size: number; readonly budget: NodeBudget },
): SettledDemands | 'impossible' | 'undecided' {
  const start = startOf(demands, size);
  if (start === undefined) return 'impossible';
  const groups = groupDemands(demands, size);
  const unitsK = attentionUnitsK(size);
  const completion = complete(groups, unitsK, fillingOf(groups, unitsK, start), budget);
  return typeof completion === 'string' ? completion : { start, groups, unitsK };
}
