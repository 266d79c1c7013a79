/** Legend: G groups, C classes, E empty places. */

import type { Filling } from './filling.ts';
import type { DemandGroups } from './groups.ts';
import type { NodeBudget } from './node-budget.ts';

/**
 * Puts so many of each class on the empty places such that every exposure is reached: the class of each place from the top, or undefined when no order does (or the
 * budget ran out). Depth first from the top of the page; classes with the same exposed groups are one kind.
 */
export function arrangeForExposure(
  { exposureG, classes }: DemandGroups,
  { attentionG }: Filling,
  unitsE: Float64Array,
  takenC: readonly number[],
  budget: NodeBudget,
): readonly number[] | undefined {
  const exposed = Array.from(exposureG.keys()).filter((g) => exposureG[g] > attentionG[g]);
  const kinds = kindsOf(exposed, classes, takenC);
  const E = unitsE.length;
  const order: number[] = [];
  const leftG = Float64Array.from(exposureG, (units, g) => units - attentionG[g]);
  const failed = new Set<string>();

  /** What a group can still get: its members left, on the best places left. */
  const reaches = (e: number): boolean =>
    exposed.every((g) => {
      let members = kinds.reduce((sum, kind) => sum + (kind.groups.includes(g) ? kind.members.length : 0), 0);
      let units = 0;
      for (let place = e; place < E && members > 0; place++, members--) units += unitsE[place];
      return units >= leftG[g];
    });

  const descend = (e: number): boolean => {
    if (--budget.left < 0) return false;
    if (exposed.every((g) => leftG[g] <= 0)) {
      order.push(...kinds.flatMap(({ members }) => members));
      return true;
    }
    if (!reaches(e)) return false;
    const key = `${kinds.map(({ members }) => members.length)},${exposed.map((g) => Math.max(0, leftG[g]))}`;
    if (failed.has(key)) return false;
    const wanted = ({ groups }: Kind): number => groups.filter((g) => leftG[g] > 0).length;
    for (const kind of [...kinds].sort((a, b) => wanted(b) - wanted(a))) {
      const member = kind.members.pop();
      if (member === undefined) continue;
      order.push(member);
      for (const g of kind.groups) leftG[g] -= unitsE[e];
      if (descend(e + 1)) return true;
      for (const g of kind.groups) leftG[g] += unitsE[e];
      order.pop();
      kind.members.push(member);
    }
    if (budget.left >= 0) failed.add(key);
    return false;
  };

  return descend(0) ? order : undefined;
}

interface Kind {
  /** The exposed groups it belongs to. */
  readonly groups: readonly number[];
  /** A class for each item of the kind that is still to be placed. */
  readonly members: number[];
}

function kindsOf(
  exposed: readonly number[],
  classes: DemandGroups['classes'],
  takenC: readonly number[],
): readonly Kind[] {
  const kinds = new Map<string, Kind>();
  takenC.forEach((count, c) => {
    const groups = exposed.filter((g) => classes[c].groups.includes(g));
    const kind = kinds.get(groups.join()) ?? { groups, members: [] };
    for (let i = 0; i < count; i++) kind.members.push(c);
    kinds.set(groups.join(), kind);
  });
  return [...kinds.values()];
}
