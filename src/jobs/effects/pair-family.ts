/** Pairs of one kind: items, or values of a field. */
import { type ConfirmOptions, confirm } from '../../measure/confirm.ts';
import type { PairEffect, PairFamily } from '../../measure/effects-report.ts';
import type { ListInfluences } from './ask-without-each.ts';
import { groupingBy, ITEMS } from './grouping.ts';
import type { pairNames } from './pair-names.ts';
import { partnerEffects } from './partners.ts';
import { pairInfluences, strongestPairs } from './propose-pairs.ts';
import type { ShownItem } from './shown-lists.ts';
import { groupedShowings, showingsOf, type TestShowings } from './test-showings.ts';

export interface FamilyContext {
  readonly test: TestShowings;
  readonly influences: ListInfluences;
  /** The items of the lists of `influences`. */
  readonly learned: readonly (readonly ShownItem[])[];
  /** Names pairs of items; absent where no fields tell anything. */
  readonly names?: ReturnType<typeof pairNames>;
  /** Proposals of each sign. */
  readonly count: number;
  /** In standard errors of the test lists: what the model holds to be less is not proposed. */
  readonly leastStrength: number;
  readonly confirming: ConfirmOptions;
}

export function pairFamily(
  by: string,
  schema: Parameters<typeof groupingBy>[1]['schema'],
  context: FamilyContext,
): PairFamily {
  const { test, learned, influences, count, leastStrength, names, confirming } = context;
  const { shown } = test.part;
  const grouping = groupingBy(by, { shown: [...learned, ...shown], schema });
  const grouped = groupedShowings(test, grouping);
  const influencesOf = pairInfluences({ grouping, influences, shown: learned });
  const proposed = strongestPairs(influencesOf, { test, grouped, count, leastStrength });
  const { labels } = grouping;
  const answers = confirm(
    proposed.map(({ from, to, influence }) => ({
      key: `${by}: ${labels[from]} on ${labels[to]}`,
      direction: influence > 0 ? 1 : -1,
      showings: showingsOf(test, {
        slots: grouped.slotsOfGroup[to],
        isPresent: (slot) => grouped.isBeside(from, slot),
      }),
    })),
    confirming,
  );
  const pairs = answers.map((answer, at): PairEffect => {
    const { from, to, influence } = proposed[at];
    const pair = { from: labels[from], to: labels[to], influence, ...answer };
    const name = answer.confirmed && by === ITEMS ? names?.(pair) : undefined;
    return name === undefined ? pair : { ...pair, name };
  });
  return {
    by,
    pairs: pairs.sort(mostTelling),
    ...(by === ITEMS ? {} : { partners: partnerEffects(grouping, { test, grouped, pairs, confirming }) }),
  };
}

const mostTelling = (a: PairEffect, b: PairEffect): number =>
  Number(b.confirmed) - Number(a.confirmed) || (a.confirmed ? atLeast(b) - atLeast(a) : a.p - b.p);

/** How large the effect is at the near end of its interval. */
const atLeast = ({ estimate, low, high }: PairEffect): number => {
  const near = estimate > 0 ? low : -high;
  return Number.isNaN(near) ? Number.NEGATIVE_INFINITY : near;
};
