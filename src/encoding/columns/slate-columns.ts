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

/** Columns of some lists, whose items are told elsewhere. */
export type ListColumns = Omit<EncodedSlates, 'items'>;

export interface SlateColumns {
  append(row: EncodedRow): number;
  /** Lists that are columns already, with their own numbers of users. */
  appendAll(columns: ListColumns): void;
  /** The lists since the last time, which are let go: what comes next begins at 0. Users keep their indices. */
  take(): ListColumns;
  finish(items: EncodedItems): EncodedSlates;
}

/** How many lists and slots are to come, as far as it is known: room for them is made at once. */
export interface ColumnsRoom {
  readonly lists: number;
  readonly slots: number;
  /** The caller's own, unless told otherwise. */
  readonly sharing?: Sharing | undefined;
}

export interface ColumnsWidths {
  readonly F: number;
  readonly C: number;
  readonly contextVocabularies: number;
  readonly historyLength: number;
}

/** Grows the columns of `EncodedSlates`, one impression after another. F and C: dense columns of a slot and of the context. */
export function createSlateColumns(options: ColumnsWidths, { lists, slots, sharing }: ColumnsRoom): SlateColumns {
  const { historyLength: H } = options;
  let grown = createGrown(options, { lists, slots, sharing });
  const users = new Map<string, number>();
  let userCount = 0;
  let count = 0;

  return {
    append(row) {
      const { slotDense, itemRow, label, offsets, bags } = grown;
      slotDense.pushAll(row.slotDense);
      itemRow.pushAll(row.itemRows);
      grown.itemRate.pushAll(row.itemRates);
      grown.position.pushAll(row.positions);
      for (let k = 0; k < row.itemRows.length; k++) label.push(row.clickTimes[k] >= 0 ? 1 : 0);
      offsets.push(itemRow.length);
      grown.contextDense.pushAll(row.contextDense);
      for (const [at, ids] of row.contextTokens.entries()) {
        bags[at].ids.pushAll(ids);
        bags[at].offsets.push(bags[at].ids.length);
      }
      for (let h = 0; h < H; h++) {
        grown.clicked.push(row.clicked[h] ?? -1);
        grown.skipped.push(row.skipped[h] ?? -1);
      }
      grown.userRow.push(row.userRow);
      grown.user.push(indexOf(row.user));
      grown.time.push(row.time);
      return count++;
    },
    appendAll(columns) {
      const start = grown.itemRow.length;
      grown.slotDense.pushAll(columns.slotDenseSF);
      grown.itemRow.pushAll(columns.itemRowS);
      grown.itemRate.pushAll(columns.itemRateS);
      grown.position.pushAll(columns.positionS);
      grown.label.pushAll(columns.labelS);
      for (let b = 1; b <= columns.count; b++) grown.offsets.push(start + columns.offsets[b]);
      grown.contextDense.pushAll(columns.contextDenseBF);
      for (const [at, { offsets, ids }] of columns.contextBags.entries()) {
        const first = grown.bags[at].ids.length;
        grown.bags[at].ids.pushAll(ids);
        for (let b = 1; b <= columns.count; b++) grown.bags[at].offsets.push(first + offsets[b]);
      }
      grown.clicked.pushAll(columns.clickedBH);
      grown.skipped.pushAll(columns.skippedBH);
      grown.userRow.pushAll(columns.userRowB);
      grown.user.pushAll(columns.userB);
      grown.time.pushAll(columns.timeB);
      count += columns.count;
    },
    take() {
      const taken = finished(grown, count);
      grown = createGrown(options, { lists: count, slots: taken.itemRowS.length, sharing });
      count = 0;
      return taken;
    },
    finish: (items) => ({ ...finished(grown, count), items }),
  };

  function indexOf(id: string): number {
    const known = id === '' ? undefined : users.get(id);
    if (known !== undefined) return known;
    if (id !== '') users.set(id, userCount);
    return userCount++;
  }
}

function createGrown({ F, C, contextVocabularies, historyLength: H }: ColumnsWidths, room: ColumnsRoom) {
  const { lists, slots, sharing } = room;
  const offsets = growableIntegers(lists + 1, sharing);
  offsets.push(0);
  return {
    offsets,
    slotDense: growableFloats(slots * F, sharing),
    itemRow: growableIntegers(slots, sharing),
    itemRate: growableFloats(slots, sharing),
    position: growableIntegers(slots, sharing),
    label: growableBytes(slots, sharing),
    contextDense: growableFloats(lists * C, sharing),
    bags: Array.from({ length: contextVocabularies }, () => {
      const starts = growableIntegers(lists + 1, sharing);
      starts.push(0);
      return { offsets: starts, ids: growableIntegers(lists, sharing) };
    }),
    clicked: growableIntegers(lists * H, sharing),
    skipped: growableIntegers(lists * H, sharing),
    userRow: growableIntegers(lists, sharing),
    user: growableIntegers(lists, sharing),
    time: growableDoubles(lists, sharing),
  };
}

const finished = (grown: ReturnType<typeof createGrown>, count: number): ListColumns => ({
  count,
  offsets: grown.offsets.finish(),
  slotDenseSF: grown.slotDense.finish(),
  itemRowS: grown.itemRow.finish(),
  itemRateS: grown.itemRate.finish(),
  positionS: grown.position.finish(),
  labelS: grown.label.finish(),
  contextDenseBF: grown.contextDense.finish(),
  contextBags: grown.bags.map((bag): Bags => ({ offsets: bag.offsets.finish(), ids: bag.ids.finish() })),
  clickedBH: grown.clicked.finish(),
  skippedBH: grown.skipped.finish(),
  userRowB: grown.userRow.finish(),
  userB: grown.user.finish(),
  timeB: grown.time.finish(),
});
