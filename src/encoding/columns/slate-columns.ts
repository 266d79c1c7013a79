import type { Bags, EncodedItems, EncodedSlates } from './encoded-slates.ts';
import { growableBytes, growableDoubles, growableFloats, growableIntegers, type Sharing } from './growable.ts';

/** One encoded impression, as the encoder hands it over. */
export interface EncodedRow {
  /** [K, F]. */
  readonly slotDense: Float64Array;
  readonly itemRows: readonly number[];
  readonly itemRates: readonly number[];
  readonly positions: readonly number[];
  readonly clickTimes: Float64Array;
  readonly contextDense: readonly number[];
  readonly contextTokens: readonly (readonly number[])[];
  readonly clicked: readonly number[];
  readonly skipped: readonly number[];
  /** In the table of users, 0 of all without one. */
  readonly userRow: number;
  /** Empty: nobody known; such impressions are users of their own. */
  readonly user: string;
  readonly time: number;
}

export interface SlateColumns {
  append(row: EncodedRow): number;
  finish(items: EncodedItems): EncodedSlates;
}

/** How many lists and slots are to come, as far as it is known: room for them is made at once. */
export interface ColumnsRoom {
  readonly lists: number;
  readonly slots: number;
  /** The caller's own, unless told otherwise. */
  readonly sharing?: Sharing | undefined;
}

/** Grows the columns of `EncodedSlates`, one impression after another. F and C: dense columns of a slot and of the context. */
export function createSlateColumns(
  options: {
    readonly F: number;
    readonly C: number;
    readonly contextVocabularies: number;
    readonly historyLength: number;
  },
  { lists, slots, sharing }: ColumnsRoom,
): SlateColumns {
  const { F, C, contextVocabularies, historyLength: H } = options;
  const offsets = growableIntegers(lists + 1, sharing);
  offsets.push(0);
  const slotDense = growableFloats(slots * F, sharing);
  const itemRow = growableIntegers(slots, sharing);
  const itemRate = growableFloats(slots, sharing);
  const position = growableIntegers(slots, sharing);
  const label = growableBytes(slots, sharing);
  const contextDense = growableFloats(lists * C, sharing);
  const bags = Array.from({ length: contextVocabularies }, () => {
    const starts = growableIntegers(lists + 1, sharing);
    starts.push(0);
    return { offsets: starts, ids: growableIntegers(lists, sharing) };
  });
  const clicked = growableIntegers(lists * H, sharing);
  const skipped = growableIntegers(lists * H, sharing);
  const userRow = growableIntegers(lists, sharing);
  const user = growableIntegers(lists, sharing);
  const time = growableDoubles(lists, sharing);
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
      userRow.push(row.userRow);
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
      userRowB: userRow.finish(),
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
