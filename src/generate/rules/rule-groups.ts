/** Legend: N candidates, G groups, C classes. */
import { unitsForShare } from './attention.ts';
import { type Candidate, type FieldScalar, valuesOf } from './candidate.ts';
import type { Rules } from './rules.ts';

/**
 * Counting rules as arithmetic: a group is all candidates with one value of a field. How many of a group stand on the slate is at most its cap and at least its
 * need, and the attention they get is at least its exposure. `unique` is a cap of 1 on every value.
 */
export interface RuleGroups {
  readonly groupsN: readonly (readonly number[])[];
  /** Infinity where nothing caps the group. */
  readonly capG: Float64Array;
  /** 0 where nothing is needed. */
  readonly needG: Float64Array;
  /** In units of `attention.ts`; 0 where no exposure is asked for. */
  readonly exposureG: Float64Array;
  /** Groups that are values of one field, for every field with caps: an item beyond them is only one without a capped value. */
  readonly capFamilies: readonly (readonly number[])[];
  readonly classes: readonly CandidateClass[];
}

/** Eligible candidates that no rule can tell apart, ascending. */
export interface CandidateClass {
  readonly groups: readonly number[];
  /** The capped fields it has a capped value of, as indexes of `capFamilies`. */
  readonly families: readonly number[];
  readonly members: readonly number[];
}

interface Group {
  readonly members: number[];
  cap: number;
  need: number;
  exposure: number;
}

/** Groups that can make a difference to a slate of `size` out of the eligible candidates. */
export function groupByRules(
  rules: Rules,
  candidates: readonly Candidate[],
  eligibleN: readonly boolean[],
  size: number,
): RuleGroups {
  const { atMost = [], atLeast = [], unique = [], minExposure = [] } = rules;
  const fields = new Map<string, Map<FieldScalar, Group>>();
  for (const { field } of [...atMost, ...atLeast, ...minExposure]) fields.set(field, new Map());
  for (const field of unique) fields.set(field, new Map());
  for (const [field, groups] of fields) {
    candidates.forEach((candidate, n) => {
      if (eligibleN[n]) for (const value of valuesOf(candidate, field)) groupOf(groups, value).members.push(n);
    });
  }
  const named = (field: string, value: FieldScalar): Group => groupOf(fields.get(field) ?? new Map(), value);
  for (const { field, value, count } of [
    ...atMost,
    ...unique.map((field) => ({ field, value: undefined, count: 1 })),
  ]) {
    const groups = value === undefined ? (fields.get(field)?.values() ?? []) : [named(field, value)];
    for (const group of groups) group.cap = Math.min(group.cap, count);
  }
  for (const { field, value, count } of atLeast) {
    const group = named(field, value);
    group.need = Math.max(group.need, count);
  }
  for (const { field, value, share } of minExposure) {
    const group = named(field, value);
    group.exposure = Math.max(group.exposure, unitsForShare(share, size));
  }
  return numbered([...fields.values()], eligibleN, size);
}

/** Numbers the groups that matter: the needed first, so that the search meets them first. */
function numbered(
  fields: readonly ReadonlyMap<FieldScalar, Group>[],
  eligibleN: readonly boolean[],
  size: number,
): RuleGroups {
  const matters = ({ members, cap, need, exposure }: Group): boolean =>
    need > 0 || exposure > 0 || cap < Math.min(members.length, size);
  const groups = fields.flatMap((byValue) => [...byValue.values()]).filter(matters);
  groups.sort((a, b) => Number(b.need > 0 || b.exposure > 0) - Number(a.need > 0 || a.exposure > 0));
  const groupsN = eligibleN.map((): number[] => []);
  groups.forEach(({ members }, g) => {
    for (const n of members) groupsN[n].push(g);
  });
  const capFamilies = fields
    .map((byValue) => [...byValue.values()].filter(({ cap }) => cap < Infinity).map((group) => groups.indexOf(group)))
    .map((family) => family.filter((g) => g >= 0))
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

function groupOf(groups: Map<FieldScalar, Group>, value: FieldScalar): Group {
  const found = groups.get(value) ?? { members: [], cap: Infinity, need: 0, exposure: 0 };
  groups.set(value, found);
  return found;
}
