/** Made-up lists as scorers see them. Legend: F features, H history, K slate. */
import { collate } from '../encoding/batches/collate.ts';
import type { Bags, InputSpec, SlateBatch } from '../encoding/columns/encoded-slates.ts';
import { createRng } from '../random/rng.ts';

const ITEMS = 7;
const CLICKS_OF_USER = 2;

/** Every kind of input that a data set can have. */
export const sampleSpec: InputSpec = {
  itemDense: ['price', 'size'],
  itemEmbeddings: [
    { name: 'category', rows: 5, width: 3, pooling: 'mean' },
    { name: 'id', rows: ITEMS + 1, width: 2, pooling: 'sqrt' },
  ],
  slotDense: ['rate', 'seen', 'cheaper'],
  listRelative: ['cheaper'],
  contextDense: ['hour'],
  contextEmbeddings: [{ name: 'city', rows: 4, width: 2, pooling: 'mean' }],
  ofUser: ['city'],
  userIds: { name: 'id', rows: 3, width: 2, pooling: 'sqrt' },
  items: { shown: [0, 1, 2, 3, 4, 5], clicked: [0, 1, 2, 3, 4] },
  historyLength: 3,
  graph: { fanOut: 2, clicks: CLICKS_OF_USER },
};

/** An item where it is shown: its row, and what is known of it there. */
export interface SampleSlot {
  readonly row: number;
  readonly dense: readonly number[];
  /** Users who clicked it: nodes of the click graph. */
  readonly neighbours: readonly number[];
}

export interface SampleList {
  readonly slots: readonly SampleSlot[];
  readonly positions: readonly number[];
  readonly hour: number;
  readonly city: number;
  /** Row of the user, 0 of one without. */
  readonly userRow: number;
  readonly clicked: readonly number[];
  readonly skipped: readonly number[];
  /** How many of its items are not there yet. */
  readonly missing: number;
}

/** Three lists, of three, two and one items; the last of a user without a history. */
export function sampleLists(): readonly [SampleList, SampleList, SampleList] {
  const rng = createRng('lists of a scorer');
  const list = (rows: readonly number[], clicked: readonly number[], skipped: readonly number[]): SampleList => ({
    slots: rows.map((row) => ({
      row,
      dense: sampleSpec.slotDense.map(() => rng.normal()),
      neighbours: row % 3 === 2 ? [] : [row % 2, 2],
    })),
    positions: [...rows.keys()],
    hour: rng.normal(),
    city: rows[0] % 4,
    userRow: clicked.length,
    clicked,
    skipped,
    missing: rows.length === 2 ? 3 : 0,
  });
  return [list([0, 3, 5], [1, 4], [2]), list([1, 2], [0], [3, 5, 6]), list([4], [], [])];
}

/** These lists as one batch, made as a training makes it. */
export function sampleBatch(lists: readonly SampleList[]): SlateBatch {
  const rng = createRng('items of a scorer');
  const { fanOut = 0 } = sampleSpec.graph ?? {};
  const slots = lists.flatMap((list) => list.slots);
  const offsets = new Int32Array(lists.length + 1);
  for (const [b, list] of lists.entries()) offsets[b + 1] = offsets[b] + list.slots.length;
  const filled = (rows: readonly number[], length: number): readonly number[] =>
    Array.from({ length }, (_, at) => rows[at] ?? -1);
  const H = sampleSpec.historyLength;
  return collate(
    {
      count: lists.length,
      items: {
        count: ITEMS,
        itemR: Int32Array.from({ length: ITEMS }, (_, row) => row),
        denseRF: Float32Array.from({ length: ITEMS * sampleSpec.itemDense.length }, () => rng.normal()),
        bags: [
          bagsOf(Array.from({ length: ITEMS }, (_, row) => (row % 3 === 0 ? [1, 2] : [row % 5]))),
          bagsOf(Array.from({ length: ITEMS }, (_, row) => [row + 1])),
        ],
      },
      offsets,
      slotDenseSF: Float32Array.from(slots.flatMap(({ dense }) => dense)),
      itemRowS: Int32Array.from(slots, ({ row }) => row),
      itemRateS: new Float32Array(slots.length).fill(0.3),
      positionS: Int32Array.from(lists.flatMap(({ positions }) => positions)),
      labelS: new Uint8Array(slots.length),
      contextDenseBF: Float32Array.from(lists, ({ hour }) => hour),
      contextBags: [bagsOf(lists.map(({ city }) => [city]))],
      clickedBH: Int32Array.from(lists.flatMap(({ clicked }) => filled(clicked, H))),
      skippedBH: Int32Array.from(lists.flatMap(({ skipped }) => filled(skipped, H))),
      userRowB: Int32Array.from(lists, ({ userRow }) => userRow),
      userB: Int32Array.from(lists.keys()),
      timeB: new Float64Array(lists.length),
      restB: Int32Array.from(lists, ({ missing }) => missing),
      graph: {
        fanOut,
        clicks: CLICKS_OF_USER,
        neighbourSF: Int32Array.from(slots.flatMap(({ neighbours }) => filled(neighbours, fanOut))),
        clickedNG: Int32Array.of(0, 1, 2, -1, 3, 4),
      },
    },
    Int32Array.from(lists.keys()),
  );
}

function bagsOf(rows: readonly (readonly number[])[]): Bags {
  const offsets = new Int32Array(rows.length + 1);
  for (const [at, ids] of rows.entries()) offsets[at + 1] = offsets[at] + ids.length;
  return { offsets, ids: Int32Array.from(rows.flat()) };
}
