import { expect, it } from 'vitest';
import type { DatasetRow } from '../../datasets/folder/dataset.ts';
import type { Fields, FieldUpdates } from '../../slate/fields.ts';
import { testItemValues } from './item-values.ts';
import { readTestSlots } from './test-slots.ts';

const item = (id: string, fields: FieldUpdates): DatasetRow => ({
  kind: 'item',
  event: { event: 'item', item: id, time: 0, fields },
});
const list = (index: number, items: readonly (readonly [id: string, fields: Fields])[]): DatasetRow => ({
  kind: 'impression',
  index,
  impression: {
    ranking: {
      ...{ event: 'ranking', id: `l${index}`, time: index, user: 'u', fields: {} },
      items: items.map(([id, fields]) => ({ id, fields })),
    },
    clickTimesK: new Float64Array(items.length).fill(-1),
  },
});

const rows = [
  item('a', { price: 5 }),
  item('b', { price: 'free' }),
  list(0, [['a', {}]]),
  list(1, [
    ['a', {}],
    ['b', {}],
  ]),
  item('a', { price: 7, name: 'A' }),
  list(2, [
    ['a', {}],
    ['a', { price: 1 }],
  ]),
  item('a', { price: null }),
  list(3, [['a', {}]]),
];
const dataset = {
  rows: async function* () {
    yield* rows;
  },
};
/** Encoded in another order; list 0 is not of the part. */
const encoded = { listB: Int32Array.of(0, 3, 2, 1), test: Int32Array.of(1, 2, 3) };

it("is the list's own number, else the item's at that time, in the order of the part", async () => {
  expect([...testItemValues(await readTestSlots({ dataset, encoded }, ['price']), 'price')]).toEqual([
    Number.NaN,
    7,
    1,
    5,
    Number.NaN,
  ]);
});

it.each([
  ['name', 'value: numbers of the shown items: expected one of price, found "name"; name one of these'],
  ['prize', 'value: numbers of the shown items: expected one of price, found "prize"; did you mean "price"?'],
])('refuses %s, which holds no number, and names those that do', async (field, message) => {
  const slots = await readTestSlots({ dataset, encoded }, [field]);
  expect(() => testItemValues(slots, field)).toThrow(expect.objectContaining({ code: 'unknown-field', message }));
});
