/** Legend: N candidates, G groups, C classes, E empty places. */
import { type Filling, keepsCounts, put, takeOut } from './filling.ts';
import type { DemandGroups } from './groups.ts';

/**
 * A cheap test, sufficient and not necessary: whether a known completion can be changed a little to have a candidate on the first empty place. Either it replaces one
 * item, and what stood above that moves down; or all items that share a full group with it leave, and any that fit take their places.
 */
export function changesToAdmit(
  groups: DemandGroups,
  unitsK: Float64Array,
  { usedN, countG, attentionG, empties }: Filling,
  completion: readonly number[],
): (candidate: number) => boolean {
  const { groupsN, capG, needG, exposureG, classes } = groups;
  const exposes = exposureG.some((units) => units > 0);
  const whole: Filling = { usedN: usedN.slice(), countG: countG.slice(), attentionG: attentionG.slice(), empties };
  const unitsE = empties.map((place) => unitsK[place]);
  completion.forEach((n, e) => {
    put(whole, groups, n, unitsE[e]);
  });

  /** Applies the moves, asks, and takes them back. */
  const after = (moves: readonly Move[], ask: () => boolean): boolean => {
    for (const { off, n, units } of moves) if (off) takeOut(whole, groups, n, units);
    for (const { off, n, units } of moves) if (!off) put(whole, groups, n, units);
    const answer = ask();
    for (const { off, n, units } of moves) if (!off) takeOut(whole, groups, n, units);
    for (const { off, n, units } of moves) if (off) put(whole, groups, n, units);
    return answer;
  };
  const leaves = (e: number): Move => ({ off: true, n: completion[e], units: unitsE[e] });
  const enters = (n: number, e: number): Move => ({ off: false, n, units: unitsE[e] });

  const replaces = (candidate: number, e: number): boolean => {
    const [added, lost] = [groupsN[candidate], groupsN[completion[e]]];
    for (const g of added) if (!lost.includes(g) && whole.countG[g] >= capG[g]) return false;
    for (const g of lost) if (!added.includes(g) && whole.countG[g] <= needG[g]) return false;
    if (!exposes) return true;
    const above = Array.from({ length: e }, (_, i) => i);
    const moves = [
      leaves(e),
      ...above.map(leaves),
      enters(candidate, 0),
      ...above.map((i) => enters(completion[i], i + 1)),
    ];
    return after(moves, () => keepsCounts(whole, groups));
  };

  const clears = (candidate: number): boolean => {
    const full = groupsN[candidate].filter((g) => whole.countG[g] >= capG[g]);
    const leaving = [...completion.keys()].filter((e) => full.some((g) => groupsN[completion[e]].includes(g)));
    if (leaving.length < 2) return false;
    const holes = leaving.filter((e) => e !== 0);
    const moves = [...leaving.map(leaves), enters(candidate, 0)];
    if (leaving[0] !== 0) moves.push(leaves(0), enters(completion[0], holes.shift() ?? 0));
    return after(moves, () => fills(holes));
  };

  /** Fills holes with whatever fits, the most needed first, and asks whether the rules hold then. */
  const fills = (holes: readonly number[]): boolean => {
    const filler = holes.length === 0 ? undefined : fitting();
    if (filler === undefined) return holes.length === 0 && keepsCounts(whole, groups);
    const [first, ...others] = holes;
    return after([enters(filler, first)], () => fills(others));
  };
  const fitting = (): number | undefined => {
    let best: number | undefined;
    let mostNeeded = -1;
    for (const { groups: groupsOfClass, members } of classes) {
      if (groupsOfClass.some((g) => whole.countG[g] >= capG[g])) continue;
      let needed = 0;
      for (const g of groupsOfClass) if (whole.countG[g] < needG[g]) needed++;
      if (needed <= mostNeeded) continue;
      const free = members.find((n) => whole.usedN[n] === 0);
      if (free !== undefined) [best, mostNeeded] = [free, needed];
    }
    return best;
  };

  return (candidate) => {
    const own = completion.indexOf(candidate);
    if (own >= 0) return replaces(candidate, own);
    return completion.some((_, e) => replaces(candidate, e)) || clears(candidate);
  };
}

/** An item leaves its place, or takes one. */
interface Move {
  readonly off: boolean;
  readonly n: number;
  readonly units: number;
}
