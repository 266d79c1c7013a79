import { createRng, type Rng } from '../random/rng.ts';
import type { InteractionEvent, LogEvent, RankedItem } from '../slate/events.ts';
import { checkSimulation } from './check-simulation.ts';
import { aloneProbabilities, averageUtility, type Effects, effectsOf, slateProbabilities } from './choice-model.ts';
import type { SimulationOptions, SizeRange } from './simulation-options.ts';
import { createWorld, START, type World, type WorldItem, type WorldUser } from './world.ts';

/** The true click probabilities of one list, in shown order; `alone` is what the item would have without the others. */
export interface TruthRow {
  readonly list: string;
  /** Whose list it is: with its items it tells the truth of one simulation from that of another. Not in files from before it was. */
  readonly user?: string;
  readonly items: readonly { readonly id: string; readonly probability: number; readonly alone: number }[];
}

export type SimulatedRow = { readonly event: LogEvent } | { readonly truth: TruthRow };

/** First line of a truth file: with it the world can be made again, and asked about any slate. */
export interface TruthHeader {
  readonly simulation: SimulationOptions;
}

/** Milliseconds of the simulated six weeks. */
export const SIMULATED_SPAN: number = 42 * 86_400_000;

/** An event log in time order, each list followed by its truth. A generator: a list is forgotten once it is written. */
export function* simulate(options: SimulationOptions): Generator<SimulatedRow> {
  checkSimulation(options);
  const world = createWorld(options);
  const rng = createRng(options.seed).split('log');
  const effects = effectsOf(options);
  const order = orderOf(options.policy ?? 0, effects);
  const gap = SIMULATED_SPAN / options.impressions;
  for (const { id, fields } of world.items) yield { event: { event: 'item', item: id, time: START - 1000, fields } };
  for (const { id, fields } of world.users) yield { event: { event: 'user', user: id, time: START - 1000, fields } };

  const waiting: InteractionEvent[] = [];
  for (let n = 0; n < options.impressions; n++) {
    const time = Math.floor(START + (n + rng.next()) * gap);
    waiting.sort((a, b) => a.time - b.time);
    while (waiting.length > 0 && waiting[0].time < time) yield { event: waiting.shift() as InteractionEvent };
    const { user, slate, byTaste } = drawList(rng, world, { order, slateSize: drawSize(rng, options.slateSize) });
    const list = `r${n + 1}`;
    const probabilities = slateProbabilities(user, slate, { effects });
    const alone = aloneProbabilities(user, slate, { effects });
    yield {
      event: {
        event: 'ranking',
        id: list,
        time,
        user: user.id,
        fields: {},
        items: slate.map(({ id }, k) => ({
          id,
          fields: {},
          ...(options.propensities ? propensitiesAt(k, { byTaste, size: slate.length }) : {}),
        })),
      },
    };
    yield {
      truth: {
        list,
        user: user.id,
        items: slate.map(({ id }, k) => ({ id, probability: probabilities[k], alone: alone[k] })),
      },
    };
    for (const [k, { id }] of slate.entries()) {
      if (rng.next() >= probabilities[k]) continue;
      const clicked = time + 1000 + rng.integer(20_000);
      waiting.push({ event: 'interaction', ranking: list, time: clicked, user: user.id, item: id, type: 'click' });
    }
  }
  waiting.sort((a, b) => a.time - b.time);
  for (const event of waiting) yield { event };
}

const drawSize = (rng: Rng, size: number | SizeRange): number =>
  typeof size === 'number' ? size : size.from + rng.integer(size.to - size.from + 1);

/** Of the items shown, those of the drawn categories stand above the rest, each group in an order drawn uniformly: 1 over what is left of the group. */
function propensitiesAt(
  k: number,
  { byTaste, size }: { readonly byTaste: number; readonly size: number },
): Pick<RankedItem, 'propensity' | 'placePropensity'> {
  const [start, end] = k < byTaste ? [0, byTaste] : [byTaste, size];
  return { propensity: 1 / (end - k), placePropensity: 1 / (end - start) };
}

/**
 * Frequent users come more often; a list holds a few categories, drawn towards the user's taste, in the shop's order. Where these have too few items
 * (`byTaste` of them), any others follow.
 */
function drawList(
  rng: Rng,
  world: World,
  { slateSize, order }: { readonly slateSize: number; readonly order: Order },
): { user: WorldUser; slate: WorldItem[]; byTaste: number } {
  const user = world.users[Math.floor(world.users.length * rng.next() ** 2)];
  const categories = drawCategories(rng, user, 3);
  const candidates = order(
    rng,
    world.items.filter(({ category }) => categories.includes(category)),
  );
  const slate = candidates.slice(0, slateSize);
  const byTaste = slate.length;
  for (const item of order(rng, world.items.slice())) {
    if (slate.length >= slateSize) break;
    if (!slate.includes(item)) slate.push(item);
  }
  return { user, slate, byTaste };
}

/** The items that may be shown, first to last, drawn anew for each list. */
type Order = (rng: Rng, items: WorldItem[]) => WorldItem[];

/** Of a shop without a preference every order alike; else one after the other in proportion to the odds of a click to the power of the preference, as far as the shop sees them. */
function orderOf(policy: number, effects: Effects): Order {
  if (policy === 0) return (rng, items) => rng.shuffle(items);
  return (rng, items) =>
    items
      .map((item) => ({ item, key: policy * averageUtility(item, effects) + gumbel(rng) }))
      .sort((a, b) => b.key - a.key)
      .map(({ item }) => item);
}

/** Gumbel-max draws without replacement: the largest keys log w + gumbel are those of draws in proportion to w. */
const gumbel = (rng: Rng): number => -Math.log(-Math.log(1 - rng.next()));

function drawCategories(rng: Rng, user: WorldUser, count: number): number[] {
  const keys = Array.from(user.tastes, (taste, category) => ({ category, key: taste + gumbel(rng) }));
  return keys
    .sort((a, b) => b.key - a.key)
    .slice(0, count)
    .map(({ category }) => category);
}
