/** What each partner, a value of a field such as `shop` or `brand`, costs and brings the others. */
import { type ConfirmOptions, confirm } from '../../measure/confirm.ts';
import type { PairEffect, Partner, PartnerCell, PartnerEffects } from '../../measure/effects-report.ts';
import { createContrast, type PresenceEffect, presenceEffect } from '../../measure/presence-contrast.ts';
import type { Grouping } from './grouping.ts';
import { exposureOf, LEAST_SHOWINGS } from './propose-pairs.ts';
import { type GroupedShowings, showingsOf, type TestShowings } from './test-showings.ts';

/** More than a page or a picture can hold. */
const MOST_PARTNERS = 40;

export interface PartnerContext {
  readonly test: TestShowings;
  readonly grouped: GroupedShowings;
  readonly pairs: readonly PairEffect[];
  readonly confirming: ConfirmOptions;
}

export function partnerEffects({ name, labels }: Grouping, context: PartnerContext): PartnerEffects {
  const { test, grouped, pairs, confirming } = context;
  const shown = [...labels.keys()].filter((group) => grouped.slotsOfGroup[group].length > 0);
  const counted = shown
    .sort((a, b) => grouped.slotsOfGroup[b].length - grouped.slotsOfGroup[a].length || a - b)
    .slice(0, MOST_PARTNERS);
  const everyone = Array.from(test.listS.keys());
  const membersOf = counted.map((group) => new Set(grouped.slotsOfGroup[group]));
  const answers = confirm(
    counted.map((group, at) => ({
      key: `${name}: ${labels[group]} on others`,
      direction: 0,
      showings: showingsOf(test, {
        slots: everyone.filter((slot) => !membersOf[at].has(slot)),
        isPresent: (slot) => grouped.isBeside(group, slot),
      }),
    })),
    confirming,
  );
  const { labelS } = test.part.outcomes;
  const partners = counted.map((group, at): Partner => {
    const slots = grouped.slotsOfGroup[group];
    const lists = new Set(slots.map((slot) => test.listS[slot]));
    const beside = everyone.filter((slot) => lists.has(test.listS[slot]) && !membersOf[at].has(slot)).length;
    return {
      ...{ partner: labels[group], lists: lists.size, showings: slots.length, onOthers: answers[at] },
      clicks: slots.reduce((sum, slot) => sum + labelS[slot], 0),
      others: beside / lists.size,
    };
  });
  const tested = new Map(pairs.map((pair) => [JSON.stringify([pair.from, pair.to]), pair]));
  const cells = counted.flatMap((from) =>
    counted.flatMap((to): PartnerCell[] => {
      const { showings, present } = exposureOf({ from, to }, grouped);
      if (Math.min(present, showings - present) < LEAST_SHOWINGS) return [];
      const pair = tested.get(JSON.stringify([labels[from], labels[to]]));
      const effect = pair ?? cellEffect({ from, to }, { key: `${name}: ${labels[from]} on ${labels[to]}`, ...context });
      const { estimate, low, high } = effect;
      if (Number.isNaN(estimate)) return [];
      const ends = { from: labels[from], to: labels[to] };
      return [{ ...ends, estimate, low, high, showings, present, confirmed: pair?.confirmed === true }];
    }),
  );
  return { partners, cells, all: shown.length };
}

function cellEffect(
  { from, to }: { from: number; to: number },
  { test, grouped, confirming, key }: PartnerContext & { readonly key: string },
): PresenceEffect {
  const showings = showingsOf(test, {
    slots: grouped.slotsOfGroup[to],
    isPresent: (slot) => grouped.isBeside(from, slot),
  });
  return presenceEffect(createContrast(showings), {
    ...{ level: 0.95, resamples: confirming.resamples },
    rng: confirming.rng.split(`users of ${key}`),
  });
}
