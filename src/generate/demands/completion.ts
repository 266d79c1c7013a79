/** Legend: G groups, C classes, E empty places. */

import { arrangeForExposure } from './arrange.ts';
import { type Completable, completable } from './completable.ts';
import type { Filling } from './filling.ts';
import type { DemandGroups } from './groups.ts';
import type { NodeBudget } from './node-budget.ts';

/** Candidates for the empty places from the top; or that there are none; or that the search ran out of nodes before it knew. */
export type Completion = readonly number[] | 'impossible' | 'undecided';

/** Of one search, at most. */
const NODES = 100_000;

/**
 * Whether the empty places can be filled so that every counting rule holds, and how: depth first over the classes of candidates, so many of each, most first; where
 * exposure is asked for, the chosen are then arranged. Branches end where nothing to come could mend a rule (`generate/demands/completable.ts`), and counters that failed once are remembered:
 * two branches with the same counters of groups that still have candidates to come have the same future.
 */
export function complete(groups: DemandGroups, unitsK: Float64Array, filling: Filling, shared: NodeBudget): Completion {
  const unitsE = Float64Array.from(filling.empties, (place) => unitsK[place]);
  const counters = completable(groups, filling, unitsE);
  // A node costs more where there are many groups and classes to look through.
  const weight = 1 + (groups.capG.length + groups.classes.length) / 64;
  const nodes = Math.min(NODES, Math.floor(shared.left / weight));
  const budget: NodeBudget = { left: nodes };
  const takenC = groups.classes.map(() => 0);
  const failed = new Set<string>();
  let order: readonly number[] | undefined;

  const descend = (c: number, left: number): boolean => {
    if (--budget.left < 0 || !counters.mayFill(c, left)) return false;
    if (left === 0) {
      order = arrangeForExposure(groups, filling, unitsE, takenC, budget);
      return order !== undefined;
    }
    if (failed.size > 0 && failed.has(keyOf(counters, c, left))) return false;
    for (let count = counters.mostOfClass(c, left); count >= 0; count--) {
      takenC[c] = count;
      counters.take(c, count);
      const done = descend(c + 1, left - count);
      counters.take(c, -count);
      if (done) return true;
    }
    takenC[c] = 0;
    if (budget.left >= 0) failed.add(keyOf(counters, c, left));
    return false;
  };

  descend(0, unitsE.length);
  shared.left -= (nodes - Math.max(0, budget.left)) * weight;
  if (order !== undefined) return namesOf(groups, filling, order);
  return budget.left < 0 ? 'undecided' : 'impossible';
}

const keyOf = (counters: Completable, c: number, left: number): string => `${c},${left},${counters.stateKey(c, left)}`;

/** The first unused members of each class, in the order of the places. */
function namesOf({ classes }: DemandGroups, { usedN }: Filling, order: readonly number[]): readonly number[] {
  const free = new Map<number, number[]>();
  return order.map((c) => {
    const members = free.get(c) ?? classes[c].members.filter((n) => usedN[n] === 0);
    free.set(c, members);
    return members.shift() ?? -1;
  });
}
