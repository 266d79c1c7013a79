import type { ListInfluences } from './ask-without-each.ts';
import type { Grouping } from './grouping.ts';
import type { ShownItem } from './shown-lists.ts';
import type { GroupedShowings, TestShowings } from './test-showings.ts';

/** What a model says the presence of a group does to the clicks on the items of another. */
export interface ProposedPair {
  readonly from: number;
  readonly to: number;
  /** Mean over training lists that show both: change of click probability. */
  readonly influence: number;
}

export interface ProposeOptions {
  readonly grouping: Grouping;
  readonly influences: ListInfluences;
  /** The items of the lists of `influences`. */
  readonly shown: readonly (readonly ShownItem[])[];
}

/** Mean influence of each group on each, over the showings of the second beside the first. On a list, items of one group add up. */
export function pairInfluences({ grouping, influences, shown }: ProposeOptions): readonly ProposedPair[] {
  const G = grouping.labels.length;
  const sums = new Map<number, { sum: number; count: number }>();
  let start = 0;
  for (const [n, items] of shown.entries()) {
    const K = influences.lengths[n];
    const groupsK = items.map((item) => grouping.groupsOf(item));
    for (let i = 0; i < K; i++) {
      const ofGroup = new Map<number, number>();
      for (let j = 0; j < K; j++) {
        if (j === i) continue;
        const influence = influences.influence[start + j * K + i];
        for (const from of groupsK[j]) ofGroup.set(from, (ofGroup.get(from) ?? 0) + influence);
      }
      for (const to of groupsK[i])
        for (const [from, influence] of ofGroup) {
          const pair = sums.get(from * G + to);
          if (pair) {
            pair.sum += influence;
            pair.count++;
          } else sums.set(from * G + to, { sum: influence, count: 1 });
        }
    }
    start += K * K;
  }
  return [...sums].map(([pair, { sum, count }]) => ({
    from: Math.floor(pair / G),
    to: pair % G,
    influence: sum / count,
  }));
}

/** Fewer showings with it, or without it, tell nothing. */
export const LEAST_SHOWINGS = 5;

/** Showings on test lists with and without the other. */
export interface Exposure {
  readonly showings: number;
  readonly present: number;
}

export interface StrongestOptions {
  readonly test: TestShowings;
  readonly grouped: GroupedShowings;
  readonly count: number;
  /** In standard errors. Of what the model itself holds to be less than half of one, the test lists would show next to nothing, and every question more costs the others. */
  readonly leastStrength: number;
}

/**
 * Of each sign the `count` pairs that the test lists could show best if the model were right: those with the largest influence over the standard error that their showings allow, from `leastStrength` on. Who was shown with whom is read, what was clicked is not.
 */
export function strongestPairs(
  pairs: readonly ProposedPair[],
  options: StrongestOptions,
): readonly (ProposedPair & Exposure)[] {
  const { test, grouped, count, leastStrength } = options;
  const ranked = pairs
    .map((pair) => {
      const exposure = exposureOf(pair, grouped);
      return { ...pair, ...exposure, strength: strengthOf(pair, { exposure, test, grouped }) };
    })
    .filter(({ strength }) => strength > 0 && strength >= leastStrength)
    .sort((a, b) => b.strength - a.strength || a.from - b.from || a.to - b.to);
  const ofSign = (sign: number): typeof ranked =>
    ranked.filter(({ influence }) => Math.sign(influence) === sign).slice(0, count);
  return [...ofSign(1), ...ofSign(-1)].map(({ strength: _, ...pair }) => pair);
}

export function exposureOf(
  { from, to }: Pick<ProposedPair, 'from' | 'to'>,
  { slotsOfGroup, isBeside }: GroupedShowings,
): Exposure {
  const slots = slotsOfGroup[to];
  let present = 0;
  for (const slot of slots) if (isBeside(from, slot)) present++;
  return { showings: slots.length, present };
}

function strengthOf(
  { to, influence }: ProposedPair,
  { exposure, test, grouped }: { exposure: Exposure; test: TestShowings; grouped: GroupedShowings },
): number {
  const { showings, present } = exposure;
  if (Math.min(present, showings - present) < LEAST_SHOWINGS) return 0;
  const { probabilityS } = test.part;
  const slots = grouped.slotsOfGroup[to];
  const variance = slots.reduce((sum, slot) => sum + probabilityS[slot] * (1 - probabilityS[slot]), 0) / slots.length;
  return Math.abs(influence) * Math.sqrt((present * (showings - present)) / showings / Math.max(variance, 1e-4));
}
