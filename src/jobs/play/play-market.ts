/** A simulated market meets a shop, visit by visit: it looks at the list, clicks by the truth, and the shop is told. Legend: K slate. */
import { setTimeout } from 'node:timers/promises';
import type { Visit, VisitedMarket } from '../../simulator/visits/visited-market.ts';
import type { WorldItem } from '../../simulator/world.ts';
import type { InteractionEvent, RankingEvent } from '../../slate/events.ts';
import { InputError } from '../../slate/input-error.ts';
import { createItemRates } from './item-rates.ts';
import type { Shop, ShownList } from './shop.ts';

export interface PlayOptions {
  /** Items of a list. */
  readonly size: number;
  /** Days are counted from 1. */
  readonly firstDay: number;
  readonly days: number;
  /** Visits a second; without it, as fast as the shop answers. */
  readonly rate?: number | undefined;
  /** Expected clicks of the best list for a visit; not told where it is left out. */
  readonly best?: ((visit: Visit) => Promise<number>) | undefined;
  /** Told of each day once it is over. What it does is done before the next one begins. */
  readonly onDay?: ((played: PlayedDay) => Promise<void> | void) | undefined;
  readonly onVisit?: ((done: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

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

/** Plays the days one visit after another: what is answered depends on nothing but what was told before, so that the same shop gives the same run. */
export async function playMarket(
  market: VisitedMarket,
  shop: Shop,
  options: PlayOptions,
): Promise<readonly PlayedDay[]> {
  const { size, firstDay, days, best, signal } = options;
  const rates = createItemRates();
  const pace = paceOf(options.rate, signal);
  const played: PlayedDay[] = [];
  let visits = 0;

  /** Clicks wait until their time has come: who visits meanwhile is not known to have missed them. */
  let waiting: InteractionEvent[] = [];
  async function tellUntil(time: number): Promise<void> {
    const due = waiting.filter((click) => click.time < time).sort((a, b) => a.time - b.time);
    waiting = waiting.filter((click) => click.time >= time);
    if (due.length > 0) await shop.tell(due);
  }

  for (let day = firstDay; day < firstDay + days; day++) {
    const news = day === firstDay ? market.everythingOn(day) : market.newsOf(day);
    if (news.length > 0) await shop.tell(news);
    const sums = { clicks: 0, expected: 0, best: 0, itemRate: 0 };
    const ofDay = market.visitsOf(day);
    for (const visit of ofDay) {
      signal?.throwIfAborted();
      await pace(visits);
      await tellUntil(visit.time);
      const itemOf = new Map(visit.candidates.map((item) => [item.id, item]));
      const list = await shop.show(visit, size);
      const shown = shownItems(list, itemOf, visit);
      await shop.tell([rankingOf(visit, list)]);
      const clicks = market.clicks(visit, shown);
      waiting.push(...clicks);

      const byRate = rates.best([...itemOf.keys()], size);
      sums.clicks += clicks.length;
      sums.expected += sum(market.probabilities(visit, shown));
      sums.itemRate += sum(
        market.probabilities(
          visit,
          byRate.map((id) => itemOf.get(id) as WorldItem),
        ),
      );
      if (best) sums.best += await best(visit);
      rates.saw(
        shown.map(({ id }) => id),
        clicks.map(({ item }) => item),
      );
      options.onVisit?.(++visits);
    }
    await tellUntil(Number.POSITIVE_INFINITY);
    const mean = (total: number): number => total / ofDay.length;
    const told: PlayedDay = {
      day,
      lists: ofDay.length,
      clicks: mean(sums.clicks),
      expected: mean(sums.expected),
      best: best ? mean(sums.best) : null,
      itemRate: mean(sums.itemRate),
    };
    played.push(told);
    await options.onDay?.(told);
  }
  return played;
}

/** Waits until visit n is due. A shop that is slower than the rate is waited for. */
function paceOf(rate: number | undefined, signal: AbortSignal | undefined): (visit: number) => Promise<void> {
  if (rate === undefined) return async () => {};
  const started = performance.now();
  return async (visit) => {
    const wait = started + (1000 * visit) / rate - performance.now();
    if (wait > 0) await setTimeout(wait, undefined, { signal });
  };
}

/** Throws `InputError` for an answer with an item that was no candidate: the market could not say what it is worth. */
function shownItems({ items }: ShownList, itemOf: ReadonlyMap<string, WorldItem>, visit: Visit): readonly WorldItem[] {
  return items.map(({ id }) => {
    const item = itemOf.get(id);
    if (item) return item;
    throw new InputError(
      `visit ${visit.id}: expected a list of the visit's candidates, found "${id}" in the answer; ask a Slatewise server`,
      'other-dataset',
    );
  });
}

const rankingOf = (visit: Visit, { items, ...list }: ShownList): RankingEvent => ({
  event: 'ranking',
  id: visit.id,
  time: visit.time,
  user: visit.user.id,
  fields: {},
  ...list,
  items: items.map((item) => ({ ...item, fields: {} })),
});

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
