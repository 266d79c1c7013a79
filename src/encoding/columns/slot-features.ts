/** What is known of one shown item for this user before the impression; every column but those of `list-features.ts`. */
import type { VersionOf } from '../../memory/enter.ts';
import type { ItemVersion } from '../../memory/item-version.ts';
import { expectedRate, lift, logOdds, overallRate, positionRate, smoothedRate, trendRate } from '../../memory/rates.ts';
import { seenAt } from '../../memory/seen.ts';
import type { FeatureState, UserState } from '../../memory/state.ts';
import type { ItemEncoder } from '../encoders/item-encoder.ts';
import { createListTastes, TASTE_PRIOR } from './list-tastes.ts';

/** Numeric columns whose leaning is a feature of its own. */
const LEANINGS = 16;
const SEEN_NAMES = ['times shown', 'times clicked', 'times skipped', 'hours since shown'];

export interface SlotFeatures {
  readonly names: readonly string[];
  /** The one column that depends on the position: `expectedLogOdds`. */
  readonly positioned: number;
  /** Columns whose comparison within the list is worth a feature: those that say how good the item is. */
  readonly comparable: readonly string[];
  /** Writes the first columns of the rows of all K items: `rows` is [K, stride]. */
  write(rows: Float64Array, list: SlotContext): void;
}

export interface SlotContext {
  readonly stride: number;
  readonly state: FeatureState;
  readonly user: UserState | undefined;
  /** [K]: item indices, their current metadata, and their positions. */
  readonly items: readonly number[];
  readonly versions: readonly ItemVersion[];
  readonly positions: readonly number[];
  readonly versionOf: VersionOf;
  readonly time: number;
}

export function createSlotFeatures(table: ItemEncoder): SlotFeatures {
  const vocabularies = table.tokenFields;
  const leaningCount = Math.min(LEANINGS, table.numbers);
  const rateNames = ['item rate', 'item lift', 'item trend', 'item exposures', 'expected rate'];
  const tasteNames = vocabularies.flatMap((name) => [`taste for ${name}`, `best taste for ${name}`]);
  const leaningNames = ['leaning', ...table.denseNames.slice(0, leaningCount).map((name) => `leaning to ${name}`)];
  const similarityNames = ['similar to clicked', 'similar to skipped', 'nearest clicked', 'nearest skipped'];
  const leaningStart = rateNames.length + tasteNames.length;
  const similarityStart = leaningStart + leaningNames.length;
  const tastes = createListTastes({ tokenCount: table.tokenCount, tasteStart: rateNames.length, similarityStart });
  return {
    names: [...rateNames, ...tasteNames, ...leaningNames, ...similarityNames, ...SEEN_NAMES],
    positioned: rateNames.indexOf('expected rate'),
    comparable: [
      'item rate',
      'item lift',
      'expected rate',
      ...vocabularies.map((name) => `taste for ${name}`),
      'leaning',
      'similar to clicked',
      'nearest clicked',
    ],
    write(rows, list) {
      writeRates(rows, list);
      tastes.write(rows, list);
      writeLeanings(rows, list, { start: leaningStart, count: leaningCount });
      writeSeen(rows, list, similarityStart + similarityNames.length);
    },
  };
}

function writeRates(rows: Float64Array, { stride, state, user, items, positions, time }: SlotContext): void {
  const overall = overallRate(state);
  const overallLogOdds = logOdds(overall);
  const userLift = lift(user);
  for (let k = 0; k < items.length; k++) {
    const counts = state.items.get(items[k]);
    const rate = smoothedRate(counts, overall);
    const rateLogOdds = logOdds(rate);
    const itemLift = lift(counts);
    const at = k * stride;
    rows[at] = rateLogOdds - overallLogOdds;
    rows[at + 1] = Math.log(itemLift);
    rows[at + 2] = logOdds(trendRate(counts, time, rate)) - rateLogOdds;
    rows[at + 3] = Math.log1p(counts?.exposures ?? 0);
    rows[at + 4] = expectedLogOdds(positionRate(state, positions[k]), userLift, itemLift);
  }
}

/** Log odds of the click rate that a position, a user and an item together lead to expect. */
export const expectedLogOdds = (positionRate: number, userLift: number, itemLift: number): number =>
  logOdds(expectedRate(positionRate, userLift, itemLift));

/** How far the user's clicks lean towards the item's side of each numeric column. */
function writeLeanings(
  rows: Float64Array,
  { stride, user, versions }: SlotContext,
  { start, count }: { readonly start: number; readonly count: number },
): void {
  const weight = user ? 1 / (user.exposures + TASTE_PRIOR) : 0;
  for (let k = 0; k < versions.length; k++) {
    const { dense } = versions[k];
    const at = k * stride + start;
    let total = 0;
    for (let column = 0; column < dense.length; column++) {
      const leaning = user ? user.leanings[column] * weight * dense[column] : 0;
      total += leaning;
      if (column < count) rows[at + 1 + column] = leaning;
    }
    rows[at] = total;
  }
}

function writeSeen(rows: Float64Array, { stride, user, items, time }: SlotContext, start: number): void {
  for (let k = 0; k < items.length; k++) {
    const at = k * stride + start;
    const place = user ? seenAt(user.seen, items[k]) : -1;
    if (!user || place < 0) {
      rows.fill(0, at, at + SEEN_NAMES.length);
      continue;
    }
    const shown = user.seen.shown[place];
    const clicked = user.seen.clicked[place];
    rows[at] = Math.log1p(shown);
    rows[at + 1] = Math.log1p(clicked);
    rows[at + 2] = Math.log1p(Math.max(0, shown - clicked));
    rows[at + 3] = 1 / (1 + Math.max(0, time - user.seen.lastShown[place]) / 3_600_000);
  }
}
