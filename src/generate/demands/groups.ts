/** Legend: N candidates, G groups, C classes. */
import { unitsForShare } from './attention.ts';
import type { Counted, Demands } from './demand.ts';

/**
 * Counts as arithmetic: a group is some candidates. How many of them stand on the slate is at most its cap and at least its need, and the attention they get is at
 * least its exposure.
 */
export interface DemandGroups {
  readonly groupsN: readonly (readonly number[])[];
  /** Infinity where nothing caps the group. */
  readonly capG: Float64Array;
  /** 0 where nothing is needed. */
  readonly needG: Float64Array;
  /** In units of `generate/demands/attention.ts`; 0 where no exposure is asked for. */
  readonly exposureG: Float64Array;
  /** The capped groups of each family: an item beyond them is only one of no capped group. */
  readonly capFamilies: readonly (readonly number[])[];
  readonly classes: readonly CandidateClass[];
}

/** Eligible candidates that no demand can tell apart, ascending. */
export interface CandidateClass {
  readonly groups: readonly number[];
  /** The families it has a capped group of, as indexes of `capFamilies`. */
  readonly families: readonly number[];
  readonly members: readonly number[];
}

interface Group {
  readonly members: readonly number[];
  cap: number;
  need: number;
  exposure: number;
}

/** Groups that can make a difference to a slate of `size` out of the eligible candidates; demands on the same candidates are one group. */
export function groupDemands({ eligibleN, counted }: Omit<Demands, 'at'>, size: number): DemandGroups {
  const families = new Map<string, Set<Group>>();
  const known = new Map<string, Group[]>();
  for (const { family, demand } of counted) {
    if (isIdle(demand)) continue;
    const group = groupOf(known, demand, eligibleN);
    group.cap = Math.min(group.cap, demand.atMost ?? Infinity);
    group.need = Math.max(group.need, demand.atLeast ?? 0);
    if (demand.share) group.exposure = Math.max(group.exposure, unitsForShare(demand.share, size));
    const groupsOfFamily = families.get(family) ?? new Set();
    families.set(family, groupsOfFamily.add(group));
  }
  return numbered([...families.values()], eligibleN, size);
}

/** Numbers the groups that matter: the needed first, so that the search meets them first. */
function numbered(families: readonly ReadonlySet<Group>[], eligibleN: readonly boolean[], size: number): DemandGroups {
  const matters = ({ members, cap, need, exposure }: Group): boolean =>
    need > 0 || exposure > 0 || cap < Math.min(members.length, size);
  const groups = [...new Set(families.flatMap((family) => [...family]))].filter(matters);
  groups.sort((a, b) => Number(b.need > 0 || b.exposure > 0) - Number(a.need > 0 || a.exposure > 0));
  const numberOf = new Map(groups.map((group, g) => [group, g]));
  const groupsN = eligibleN.map((): number[] => []);
  groups.forEach(({ members }, g) => {
    for (const n of members) groupsN[n].push(g);
  });
  const capFamilies = families
    .map((family) => [...family].flatMap((group) => (group.cap < Infinity ? (numberOf.get(group) ?? []) : [])))
    .filter((family) => family.length > 0);
  return {
    groupsN,
    capG: Float64Array.from(groups, ({ cap }) => cap),
    needG: Float64Array.from(groups, ({ need }) => need),
    exposureG: Float64Array.from(groups, ({ exposure }) => exposure),
    capFamilies,
    classes: classesOf(groupsN, eligibleN, capFamilies),
  };
}

/** Classes in the order of their groups' numbers: those of one group stand together, those of no group last. */
function classesOf(
  groupsN: readonly (readonly number[])[],
  eligibleN: readonly boolean[],
  capFamilies: readonly (readonly number[])[],
): readonly CandidateClass[] {
  const classes = new Map<string, { groups: readonly number[]; families: readonly number[]; members: number[] }>();
  groupsN.forEach((groups, n) => {
    if (!eligibleN[n]) return;
    const key = groups.join();
    const found = classes.get(key);
    if (found !== undefined) found.members.push(n);
    else {
      const families = [...capFamilies.keys()].filter((f) => groups.some((g) => capFamilies[f].includes(g)));
      classes.set(key, { groups, families, members: [n] });
    }
  });
  return [...classes.values()].sort((a, b) => byNumbers(a.groups, b.groups));
}

function byNumbers(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < a.length && i < b.length; i++) if (a[i] !== b[i]) return a[i] - b[i];
  return b.length - a.length;
}

/** Whether it caps no more candidates than it has, and asks for nothing: a field with a value for every item has many such. */
const isIdle = ({ members, atMost = Infinity, atLeast = 0, share = 0 }: Counted): boolean =>
  members.length <= atMost && atLeast === 0 && share === 0;

function groupOf(known: Map<string, Group[]>, { members }: Counted, eligibleN: readonly boolean[]): Group {
  const eligible = members.filter((n) => eligibleN[n]);
  const alike = `${eligible.length},${eligible[0]},${eligible.at(-1)}`;
  const groups = known.get(alike) ?? [];
  known.set(alike, groups);
  const found = groups.find((group) => group.members.every((n, at) => n === eligible[at]));
  if (found !== undefined) return found;
  const group = { members: eligible, cap: Infinity, need: 0, exposure: 0 };
  groups.push(group);
  return group;
}
