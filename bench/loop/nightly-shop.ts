/** A shop in this program that shows random lists until its first night, and learns every night. */
import { type ListModel, train } from 'slatewise';
import { createItemRates, type ItemRates } from '../../src/jobs/play/item-rates.ts';
import type { Shop, ShownList } from '../../src/jobs/play/shop.ts';
import { createRng } from '../../src/random/rng.ts';
import type { Visit } from '../../src/simulator/visits/visited-market.ts';
import type { LogEvent } from '../../src/slate/events.ts';
import { unsoundIn } from './check-night.ts';
import { createDayLog, type DayLog } from './day-log.ts';
import type { ShopKind } from './setup.ts';

export interface NightlyShop extends Shop, AsyncDisposable {
  /** Learns from what it was told, or says why not: then the day's lists are left out for good, and the model of before goes on. */
  night(day: number): Promise<readonly string[]>;
}

export interface NightlyOptions {
  readonly seed: number;
  /** Days of which lists and clicks are learned from; what is known of items and users is kept. */
  readonly window: number;
  readonly workers: number;
}

/** Days before, against which a day is held; the first nights are not checked: lists become others there because models begin to make them. */
const [HELD_AGAINST, FIRST_CHECKED] = [7, 6];

/** Who shows what is drawn is the same in all shops: their first days are equal. */
const randomList = (visit: Visit, size: number, seed: number): ShownList => ({
  items: createRng(seed)
    .split('random list')
    .split(visit.id)
    .shuffle([...visit.candidates])
    .slice(0, size)
    .map(({ id }) => ({ id })),
});

export const nightlyShop = (kind: ShopKind, options: NightlyOptions): NightlyShop =>
  kind.recipe === undefined ? countingShop(kind, options) : modelShop({ ...kind, recipe: kind.recipe }, options);

/** Shows the items that were clicked most often per showing, as they were counted the night before. */
function countingShop({ explore }: ShopKind, { seed, window }: NightlyOptions): NightlyShop {
  const log = createDayLog();
  let rates: ItemRates | undefined;
  const drawn = createRng(seed).split('explored lists');
  const share = explore?.policy === 'epsilon' ? explore.epsilon : 0;
  return {
    async show(visit, size) {
      if (rates === undefined || drawn.split(visit.id).next() < share) return randomList(visit, size, seed);
      const ids = visit.candidates.map(({ id }) => id);
      return { items: rates.best(ids, size).map((id) => ({ id })) };
    },
    tell: async (events) => log.add(events),
    async night(day) {
      const reasons = await checked(log, day);
      if (reasons.length === 0) rates = countedRates(log.latest(window));
      return reasons;
    },
    async [Symbol.asyncDispose]() {},
  };
}

/** The reasons for which the day was left out. */
async function checked(log: DayLog, day: number): Promise<readonly string[]> {
  if (day < FIRST_CHECKED) return [];
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

/** Trains, asks and tells as a program does: the code of `slatewise train` and `serve` without HTTP. */
function modelShop(
  { recipe, generator, explore }: ShopKind & { readonly recipe: string },
  { seed, window, workers }: NightlyOptions,
): NightlyShop {
  const log = createDayLog();
  let model: ListModel | undefined;
  return {
    async show(visit, size) {
      if (model === undefined) return randomList(visit, size, seed);
      const { id, time, user, candidates } = visit;
      const request = { id, time, user: user.id, items: candidates.map((item) => item.id) };
      const { slates, policy } = await model.generate(request, { size, generator, explore, seed });
      return {
        ...(policy === undefined ? {} : { policy }),
        items: slates[0].items.map(({ item }) => ({ id: item })),
      };
    },
    async tell(events) {
      log.add(events);
      if (model) for (const event of events) await model.observe(event);
    },
    async night(day) {
      const reasons = await checked(log, day);
      if (reasons.length > 0) return reasons;
      const next = await train(log.latest(window), {
        ...{ recipe, seed: day, workers },
        // By user: the latest day is learned from too.
        settings: { split: { by: 'user', train: 0.8, validation: 0.15 } },
      });
      await model?.close();
      model = next;
      return [];
    },
    async [Symbol.asyncDispose]() {
      await model?.close();
    },
  };
}
