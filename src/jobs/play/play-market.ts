/** A simulated market meets a shop, visit by visit: it looks at the list, clicks by the truth, and the shop is told. Legend: K slate. */
import { setTimeout } from 'node:timers/promises';
import type { Visit, VisitedMarket } from '../../simulator/visits/visited-market.ts';
import type { WorldItem } from '../../simulator/world.ts';
import type { InteractionEvent, RankingEvent } from '../../slate/events.ts';
import { InputError } from '../../slate/input-error.ts';
import { createDayTally, type DayTally, type PlayedDay } from './day-tally.ts';
import { createItemRates } from './item-rates.ts';
import type { Shop, ShownList } from './shop.ts';

export interface PlayOptions {
  /** Items of a list. */
  readonly size: number;
  /** Days are counted from 1. */
  readonly firstDay: number;
  readonly days: number;
  /** Whether the shop was told before of all that was on sale the day before the first. */
  readonly goesOn?: boolean | undefined;
  /** Visits a second; without it, as fast as the shop answers. */
  readonly rate?: number | undefined;
  /** Expected clicks of the best list for a visit; not told where it is left out. */
  readonly best?: ((visit: Visit) => Promise<number>) | undefined;
  /** Told of each day once it is over. What it does is done before the next one begins. */
  readonly onDay?: ((played: PlayedDay) => Promise<void> | void) | undefined;
  readonly onVisit?: ((done: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Plays the days one visit after another: what is answered depends on nothing but what was told before, so that the same shop gives the same run. */
export async function playMarket(
  market: VisitedMarket,
  shop: Shop,
  options: PlayOptions,
): Promise<readonly PlayedDay[]> {
  const { size, firstDay, days, goesOn = false, best, signal } = options;
  const rates = createItemRates();
  const pace = paceOf(options.rate, signal);
  const clicksOf = createDueClicks();
  const played: PlayedDay[] = [];
  let visits = 0;

  async function tellUntil(time: number): Promise<void> {
    const due = clicksOf.before(time);
    if (due.length > 0) await shop.tell(due);
  }

  async function meet(visit: Visit, tally: DayTally): Promise<void> {
    const list = await shop.show(visit, size);
    const shown = shownItems(list, visit);
    await shop.tell([rankingOf(visit, list)]);
    const clicks = market.clicks(visit, shown);
    clicksOf.add(clicks);
    await tally.add(visit, shown, clicks);
  }

  for (let day = firstDay; day < firstDay + days; day++) {
    const news = day === firstDay && !goesOn ? market.everythingOn(day) : market.newsOf(day);
    if (news.length > 0) await shop.tell(news);
    const tally = createDayTally(market, { rates, size, best });
    for (const visit of market.visitsOf(day)) {
      signal?.throwIfAborted();
      await pace(visits);
      await tellUntil(visit.time);
      await meet(visit, tally);
      options.onVisit?.(++visits);
    }
    await tellUntil(Number.POSITIVE_INFINITY);
    const told = tally.played(day);
    played.push(told);
    await options.onDay?.(told);
  }
  return played;
}

interface DueClicks {
  add(clicks: readonly InteractionEvent[]): void;
  /** Those whose time has come, in its order; they are given once. */
  before(time: number): readonly InteractionEvent[];
}

/** Clicks wait until their time has come: who visits meanwhile is not known to have missed them. */
function createDueClicks(): DueClicks {
  let waiting: readonly InteractionEvent[] = [];
  return {
    add(clicks) {
      waiting = [...waiting, ...clicks];
    },
    before(time) {
      const due = waiting.filter((click) => click.time < time).sort((a, b) => a.time - b.time);
      waiting = waiting.filter((click) => click.time >= time);
      return due;
    },
  };
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
function shownItems({ items }: ShownList, visit: Visit): readonly WorldItem[] {
  const itemOf = new Map(visit.candidates.map((item) => [item.id, item]));
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
