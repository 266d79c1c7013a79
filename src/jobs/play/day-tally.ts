import type { Visit, VisitedMarket } from '../../simulator/visits/visited-market.ts';
import type { WorldItem } from '../../simulator/world.ts';
import type { InteractionEvent } from '../../slate/events.ts';
import type { ItemRates } from './item-rates.ts';

/** A day of a shop, each figure per list. */
export interface PlayedDay {
  readonly day: number;
  readonly lists: number;
  /** As they came. */
  readonly clicks: number;
  /** Of the lists shown, by the truth: `clicks` without the luck of a day. */
  readonly expected: number;
  /** Of the best lists, by the truth; null where nobody looked for them. */
  readonly best: number | null;
  /** Of the lists that the item rate would have shown, by the truth; it knows what this shop showed in the days played. */
  readonly itemRate: number;
}

export interface DayTally {
  /** A list was shown, and clicked. */
  add(visit: Visit, shown: readonly WorldItem[], clicks: readonly InteractionEvent[]): Promise<void>;
  played(day: number): PlayedDay;
}

export interface DayTallyOptions {
  /** Of this shop, from the first day on. */
  readonly rates: ItemRates;
  /** Items of a list. */
  readonly size: number;
  /** Expected clicks of the best list for a visit; not told where it is left out. */
  readonly best: ((visit: Visit) => Promise<number>) | undefined;
}

/** What the lists of one day bring, beside what others would have brought. */
export function createDayTally(
  market: Pick<VisitedMarket, 'probabilities'>,
  { rates, size, best }: DayTallyOptions,
): DayTally {
  const sums = { lists: 0, clicks: 0, expected: 0, best: 0, itemRate: 0 };
  const worthOf = (visit: Visit, shown: readonly WorldItem[]): number =>
    market.probabilities(visit, shown).reduce((total, value) => total + value, 0);
  const mean = (total: number): number => total / sums.lists;
  return {
    async add(visit, shown, clicks) {
      const itemOf = new Map(visit.candidates.map((item) => [item.id, item]));
      const byRate = rates.best([...itemOf.keys()], size).flatMap((id) => itemOf.get(id) ?? []);
      sums.lists++;
      sums.clicks += clicks.length;
      sums.expected += worthOf(visit, shown);
      sums.itemRate += worthOf(visit, byRate);
      if (best) sums.best += await best(visit);
      rates.saw(
        shown.map(({ id }) => id),
        clicks.map(({ item }) => item),
      );
    },
    played: (day) => ({
      ...{ day, lists: sums.lists, clicks: mean(sums.clicks), expected: mean(sums.expected) },
      ...{ best: best ? mean(sums.best) : null, itemRate: mean(sums.itemRate) },
    }),
  };
}
