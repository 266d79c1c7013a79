/** What is known of one shown item for this user before the impression; every column but those of `list-features.ts`. */
import type { VersionOf } from '../../memory/enter.ts';
import type { ItemVersion } from '../../memory/item-version.ts';
import { expectedRate, lift, logOdds, overallRate, positionRate, smoothedRate, trendRate } from '../../memory/rates.ts';
import type { FeatureState, UserState } from '../../memory/state.ts';
import type { ItemEncoder } from '../encoders/item-encoder.ts';
import { createTokenDot, type TokenDot } from './token-dot.ts';

/** Pseudo-exposures that a taste starts from. */
const TASTE_PRIOR = 4;
/** How many of the last clicked and skipped items are compared one by one. */
const NEAREST = 10;
/** Numeric columns whose leaning is a feature of its own. */
const LEANINGS = 16;

export interface SlotFeatures {
  readonly names: readonly string[];
  /** The one column that depends on the position: `expectedLogOdds`. */
  readonly positioned: number;
  /** Columns whose comparison within the list is worth a feature: those that say how good the item is. */
  readonly comparable: readonly string[];
  write(row: Float64Array, offset: number, slot: SlotContext): void;
}

export interface SlotContext {
  readonly state: FeatureState;
  readonly user: UserState | undefined;
  readonly item: number;
  readonly itemRow: ItemVersion;
  readonly rowOf: VersionOf;
  readonly position: number;
  readonly time: number;
}

export function createSlotFeatures(table: ItemEncoder): SlotFeatures {
  const vocabularies = table.tokenFields;
  const dot = createTokenDot(table.tokenCount);
  const leaningCount = Math.min(LEANINGS, table.numbers);
  const rateNames = ['item rate', 'item lift', 'item trend', 'item exposures', 'expected rate'];
  const tasteNames = vocabularies.flatMap((name) => [`taste for ${name}`, `best taste for ${name}`]);
  const leaningNames = ['leaning', ...table.denseNames.slice(0, leaningCount).map((name) => `leaning to ${name}`)];
  const similarityNames = ['similar to clicked', 'similar to skipped', 'nearest clicked', 'nearest skipped'];
  const seenNames = ['times shown', 'times clicked', 'times skipped', 'hours since shown'];
  return {
    names: [...rateNames, ...tasteNames, ...leaningNames, ...similarityNames, ...seenNames],
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
    write(row, offset, slot) {
      let at = writeRates(row, offset, slot);
      for (let v = 0; v < vocabularies.length; v++) at = writeTaste(row, at, slot, v);
      at = writeLeanings(row, at, slot, leaningCount);
      at = writeSimilarities(row, at, slot, dot);
      writeSeen(row, at, slot);
    },
  };
}

function writeRates(row: Float64Array, start: number, { state, user, item, position, time }: SlotContext): number {
  const counts = state.items.get(item);
  const overall = overallRate(state);
  const rate = smoothedRate(counts, overall);
  const itemLift = lift(counts);
  let at = start;
  row[at++] = logOdds(rate) - logOdds(overall);
  row[at++] = Math.log(itemLift);
  row[at++] = logOdds(trendRate(counts, { time, rate })) - logOdds(rate);
  row[at++] = Math.log1p(counts?.exposures ?? 0);
  row[at++] = expectedLogOdds(positionRate(state, position), lift(user), itemLift);
  return at;
}

/** Log odds of the click rate that a position, a user and an item together lead to expect. */
export const expectedLogOdds = (positionRate: number, userLift: number, itemLift: number): number =>
  logOdds(expectedRate(positionRate, userLift, itemLift));

/** Mean and best of the user's shrunk residuals over the item's values of one vocabulary. */
function writeTaste(row: Float64Array, at: number, { user, itemRow }: SlotContext, vocabulary: number): number {
  const start = itemRow.tokenStarts[vocabulary];
  const end = itemRow.tokenStarts[vocabulary + 1];
  let sum = 0;
  let best = 0;
  for (let index = start; user && index < end; index++) {
    const taste = user.tastes.get(itemRow.tokens[index]);
    if (!taste) continue;
    const shrunk = taste.residual / (taste.exposures + TASTE_PRIOR);
    sum += shrunk;
    if (shrunk > best) best = shrunk;
  }
  row[at] = end > start ? sum / (end - start) : 0;
  row[at + 1] = best;
  return at + 2;
}

/** How far the user's clicks lean towards the item's side of each numeric column. */
function writeLeanings(row: Float64Array, start: number, { user, itemRow }: SlotContext, count: number): number {
  const weight = user ? 1 / (user.exposures + TASTE_PRIOR) : 0;
  let total = 0;
  let at = start + 1;
  for (let column = 0; column < itemRow.dense.length; column++) {
    const leaning = user ? user.leanings[column] * weight * itemRow.dense[column] : 0;
    total += leaning;
    if (column < count) row[at++] = leaning;
  }
  row[start] = total;
  return at;
}

/** Cosine with the items that the user clicked, and skipped: on the mean (shrunk to 0), and with the nearest of the latest. */
function writeSimilarities(
  row: Float64Array,
  at: number,
  { user, itemRow, rowOf }: SlotContext,
  dot: TokenDot,
): number {
  if (user) {
    let clicked = 0;
    let skipped = 0;
    for (let index = 0; index < itemRow.tokens.length; index++) {
      const taste = user.tastes.get(itemRow.tokens[index]);
      if (!taste) continue;
      clicked += taste.clicked * itemRow.tokenWeights[index];
      skipped += taste.skipped * itemRow.tokenWeights[index];
    }
    dot.load(itemRow);
    row[at] = clicked / (user.clicks + 2);
    row[at + 1] = skipped / (user.exposures - user.clicks + 2);
    row[at + 2] = nearest(user.clicked, itemRow, rowOf, dot);
    row[at + 3] = nearest(user.skipped, itemRow, rowOf, dot);
  } else row.fill(0, at, at + 4);
  return at + 4;
}

function writeSeen(row: Float64Array, start: number, { user, item, time }: SlotContext): void {
  const seen = user?.seen.get(item);
  row[start] = Math.log1p(seen?.shown ?? 0);
  row[start + 1] = Math.log1p(seen?.clicked ?? 0);
  row[start + 2] = seen ? Math.log1p(Math.max(0, seen.shown - seen.clicked)) : 0;
  row[start + 3] = seen ? 1 / (1 + Math.max(0, time - seen.lastShown) / 3_600_000) : 0;
}

/** Largest cosine with the user's latest items other than this one. */
function nearest(recent: readonly number[], itemRow: ItemVersion, rowOf: VersionOf, dot: TokenDot): number {
  let best = 0;
  const count = Math.min(NEAREST, recent.length);
  for (let index = 0; index < count; index++) {
    const other = rowOf(recent[index]);
    if (other && other !== itemRow) best = Math.max(best, dot.cosine(other));
  }
  return best;
}
