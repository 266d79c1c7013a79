/** Legend: N candidates, G groups, K slate. */
import { EMPTY, type Places } from '../../slate/places.ts';
import type { DemandGroups } from './groups.ts';

/** What stands on a partial slate, counted by group; `put` and `takeOut` keep the sums. */
export interface Filling {
  readonly usedN: Uint8Array;
  /** Items of the group on the slate. */
  readonly countG: Float64Array;
  /** Attention the group has, in units. */
  readonly attentionG: Float64Array;
  /** Empty places from the top. */
  readonly empties: number[];
}

/** The sums of what stands on these places. */
export function fillingOf(groups: DemandGroups, unitsK: Float64Array, places: Places): Filling {
  const filling: Filling = {
    usedN: new Uint8Array(groups.groupsN.length),
    countG: new Float64Array(groups.capG.length),
    attentionG: new Float64Array(groups.capG.length),
    empties: [],
  };
  places.forEach((candidate, place) => {
    if (candidate === EMPTY) filling.empties.push(place);
    else put(filling, groups, candidate, unitsK[place]);
  });
  return filling;
}

export function put(filling: Filling, { groupsN }: DemandGroups, candidate: number, units: number): void {
  filling.usedN[candidate] = 1;
  for (const g of groupsN[candidate]) {
    filling.countG[g]++;
    filling.attentionG[g] += units;
  }
}

export function takeOut(filling: Filling, { groupsN }: DemandGroups, candidate: number, units: number): void {
  filling.usedN[candidate] = 0;
  for (const g of groupsN[candidate]) {
    filling.countG[g]--;
    filling.attentionG[g] -= units;
  }
}

/** Whether a whole slate with these sums keeps every counting rule. */
export function keepsCounts({ countG, attentionG }: Filling, { capG, needG, exposureG }: DemandGroups): boolean {
  for (let g = 0; g < countG.length; g++) {
    if (countG[g] > capG[g] || countG[g] < needG[g] || attentionG[g] < exposureG[g]) return false;
  }
  return true;
}
