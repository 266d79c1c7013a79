/** A shop that shows the items that were clicked most often per showing, as they were counted the night before. */
import { createItemRates, type ItemRates } from '../../src/jobs/play/item-rates.ts';
import { createRng } from '../../src/random/rng.ts';
import type { LogEvent } from '../../src/slate/events.ts';
import { unsoundIn } from './check-night.ts';
import { createDayLog, type DayLog } from './day-log.ts';
import { type NightlyShop, randomList } from './nightly-shop.ts';
import type { LoopSetup, Night, ShopKind } from './setup.ts';

/** Days before, against which a day is held. */
const HELD_AGAINST = 7;

interface Known {
  readonly log: DayLog;
  readonly rates: ItemRates | undefined;
}

export function countingShop(
  kind: ShopKind,
  setup: LoopSetup,
  known: Known = { log: createDayLog(), rates: undefined },
): NightlyShop {
  const { log } = known;
  let { rates } = known;
  const { seed } = setup.market;
  const drawn = createRng(seed).split('explored lists');
  const share = kind.explore?.policy === 'epsilon' ? kind.explore.epsilon : 0;
  return {
    async show(visit, size) {
      if (rates === undefined || drawn.split(visit.id).next() < share) return randomList(visit, size, seed);
      const ids = visit.candidates.map(({ id }) => id);
      return { items: rates.best(ids, size).map((id) => ({ id })) };
    },
    tell: async (events) => log.add(events),
    async night(day): Promise<Night> {
      const reasons = day > setup.acceptedUntil ? await checked(log) : [];
      if (reasons.length > 0) return { day, outcome: 'stopped', reasons };
      rates = countedRates(log.latest(setup.window));
      return { day, outcome: 'activated' };
    },
    fork: async () => countingShop(kind, setup, { log: log.copy(), rates }),
    async [Symbol.asyncDispose]() {},
  };
}

/** The reasons for which the day was left out, for good. */
async function checked(log: DayLog): Promise<readonly string[]> {
  const reasons = await unsoundIn(log.latest(HELD_AGAINST + 1), {
    knownUntil: log.morning() - 1,
    passedOver: log.overlapsLeftOut,
  });
  if (reasons.length > 0) log.leaveOutDay();
  return reasons;
}

function countedRates(events: readonly LogEvent[]): ItemRates {
  const rates = createItemRates();
  const clicksOf = new Map<string, string[]>();
  for (const event of events)
    if (event.event === 'interaction')
      clicksOf.set(event.ranking, [...(clicksOf.get(event.ranking) ?? []), event.item]);
  for (const event of events)
    if (event.event === 'ranking')
      rates.saw(
        event.items.map(({ id }) => id),
        clicksOf.get(event.id) ?? [],
      );
  return rates;
}
