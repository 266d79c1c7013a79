import type { Bags, EncodedItems, EncodedSlates } from './encoded-slates.ts';
import { growableBytes, growableDoubles, growableFloats, growableIntegers } from './growable.ts';

/** One encoded impression, as the replay hands it over. */
export interface EncodedRow {
  /** [K, F]. */
  readonly slotDense: ArrayLike<number>;
  readonly itemRows: readonly number[];
  readonly itemRates: readonly number[];
  readonly positions: readonly number[];
  readonly clickTimes: Float64Array;
  readonly contextDense: readonly number[];
  readonly contextTokens: readonly (readonly number[])[];
  readonly clicked: readonly number[];
  readonly skipped: readonly number[];
  /** Empty: nobody known; such impressions are users of their own. */
  readonly user: string;
  readonly time: number;
}

export interface SlateColumns {
  append(row: EncodedRow): number;
  finish(items: EncodedItems): EncodedSlates;
}

/** Grows the columns of `EncodedSlates`, one impression after another. */
export function createSlateColumns(options: {
  readonly contextVocabularies: number;
  readonly historyLength: number;
}): SlateColumns {
  const { contextVocabularies, historyLength: H } = options;
  const offsets = growableIntegers();
  offsets.push(0);
  const slotDense = growableFloats();
  const itemRow = growableIntegers();
  const itemRate = growableFloats();
  const position = growableIntegers();
  const label = growableBytes();
  const contextDense = growableFloats();
  const bags = Array.from({ length: contextVocabularies }, () => {
    const starts = growableIntegers();
    starts.push(0);
    return { offsets: starts, ids: growableIntegers() };
  });
  const clicked = growableIntegers();
  const skipped = growableIntegers();
  const user = growableIntegers();
  const time = growableDoubles();
  const users = new Map<string, number>();
  let userCount = 0;
  let count = 0;

  return {
    append(row) {
      slotDense.pushAll(row.slotDense);
      itemRow.pushAll(row.itemRows);
      itemRate.pushAll(row.itemRates);
      position.pushAll(row.positions);
      for (let k = 0; k < row.itemRows.length; k++) label.push(row.clickTimes[k] >= 0 ? 1 : 0);
      offsets.push(itemRow.length);
      contextDense.pushAll(row.contextDense);
      for (const [at, ids] of row.contextTokens.entries()) {
        bags[at].ids.pushAll(ids);
        bags[at].offsets.push(bags[at].ids.length);
      }
      for (let h = 0; h < H; h++) {
        clicked.push(row.clicked[h] ?? -1);
        skipped.push(row.skipped[h] ?? -1);
      }
      user.push(indexOf(row.user));
      time.push(row.time);
      return count++;
    },
    finish: (items) => ({
      count,
      items,
      offsets: offsets.finish(),
      slotDenseSF: slotDense.finish(),
      itemRowS: itemRow.finish(),
      itemRateS: itemRate.finish(),
      positionS: position.finish(),
      labelS: label.finish(),
      contextDenseBF: contextDense.finish(),
      contextBags: bags.map((bag): Bags => ({ offsets: bag.offsets.finish(), ids: bag.ids.finish() })),
      clickedBH: clicked.finish(),
      skippedBH: skipped.finish(),
      userB: user.finish(),
      timeB: time.finish(),
    }),
  };

  function indexOf(id: string): number {
    const known = id === '' ? undefined : users.get(id);
    if (known !== undefined) return known;
    if (id !== '') users.set(id, userCount);
    return userCount++;
  }
}
