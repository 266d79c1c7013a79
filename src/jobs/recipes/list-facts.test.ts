import { describe, expect, it } from 'vitest';
import type { DatasetRow } from '../../datasets/folder/dataset.ts';
import type { FeatureSchema } from '../../encoding/schema/schema.ts';
import type { GapGroups } from '../../measure/reliability-tables.ts';
import type { ListFacts } from '../../measure/system-reliability.ts';
import type { Fields } from '../../slate/fields.ts';
import { listFacts } from './list-facts.ts';
import { sliceColumns, sliceFields } from './slice-columns.ts';
import { readTestSlots } from './test-slots.ts';

const item = (id: string, fields: Fields): DatasetRow =>
  ({ kind: 'item', event: { event: 'item', item: id, time: 0, fields } }) as unknown as DatasetRow;
const list = (index: number, user: string, items: readonly (readonly [id: string, own?: Fields])[]): DatasetRow =>
  ({
    kind: 'impression',
    index,
    impression: { ranking: { user, items: items.map(([id, fields = {}]) => ({ id, fields })) } },
  }) as unknown as DatasetRow;

const rows: readonly DatasetRow[] = [
  item('a', { shop: 'north', price: 10, tags: ['red', 'new'] }),
  item('b', { shop: 'south', price: 30 }),
  list(0, 'u', [['a'], ['b']]),
  list(1, 'u', [['b'], ['a', { shop: 'east' }]]),
  item('a', { price: 20 }),
  list(2, '', [['a']]),
  list(3, 'u', [['a'], ['c']]),
];

const schema: FeatureSchema = {
  item: [
    { name: 'price', kind: 'numeric' },
    { name: 'shop', kind: 'category' },
    { name: 'tags', kind: 'tags' },
  ],
  rankedItem: [{ name: 'shop', kind: 'category' }],
  ranking: [],
  user: [],
};
const outcomes = { offsets: Int32Array.of(0, 2, 4, 5), positionS: Int32Array.of(0, 1, 0, 1, 0) };
const dataset = {
  async *rows() {
    yield* rows;
  },
};
/** The test lists in an order of their own; one of the lists is not among them. */
const encoded = { listB: Int32Array.of(0, 1, 2, 3), test: Int32Array.of(3, 1, 2) };
const slots = await readTestSlots({ dataset, encoded }, ['price', 'shop', 'tags']);
const facts = (by?: readonly string[]): ListFacts => listFacts({ slots, schema, outcomes }, by);

/** The labels of each of the five slots. */
const told = ({ labels, groupsOf }: GapGroups): readonly string[] =>
  [0, 1, 2, 3, 4].map((slot) =>
    groupsOf(slot)
      .map((group) => labels[group])
      .join(),
  );

describe('the facts of test lists', () => {
  it('count the lists that the user had seen, in any part of the log; nobody has seen none', () => {
    expect(facts().seenBeforeB).toEqual([2, 1, -1]);
  });

  it('have categories of few values where no field is named: the value on the list, else that of the item then', () => {
    const { fields, positionS } = facts();
    expect(fields.map(({ by }) => by)).toEqual(['shop']);
    expect(told(fields[0])).toEqual(['north', '', 'south', 'east', 'north']);
    expect(positionS).toBe(outcomes.positionS);
  });

  it('have the fields that are named: numbers by quarters, several values of one field', () => {
    const { fields } = facts(['price', 'tags']);
    expect(told(fields[0])).toEqual(['20 to below 30', '', '30 and more', '10 to below 20', '20 to below 30']);
    expect(told(fields[1])).toEqual(
      ['red,new', '', '', 'red,new', 'red,new'].map((text) =>
        expect.toSatisfy((found: string) => found.split(',').toSorted().join() === text.split(',').toSorted().join()),
      ),
    );
  });

  it('refuse a field that no item has', () => {
    expect(() => facts(['shopp'])).toThrow(/by shopp: .*shop/);
  });
});

describe('the parts of test lists', () => {
  const parts = (fields: readonly string[]) =>
    Object.fromEntries(
      sliceColumns({ slots, outcomes, fields }).map((column) => [
        column.by,
        column.parts.map(({ value, slotS }) => [value, [...slotS]]),
      ]),
    );

  it('are places, lengths, lists that a user saw before, where there is a user, and values of fields', () => {
    expect(parts(['shop', 'tags'])).toEqual({
      'place on the page': [
        ['1', [0, 2, 4]],
        ['2', [1, 3]],
      ],
      'items on the list': [
        ['1', [4]],
        ['2', [0, 1, 2, 3]],
      ],
      // The last list was shown to nobody who is known.
      'lists that the user saw before': [
        ['1', [2, 3]],
        ['2', [0, 1]],
      ],
      shop: [
        ['north', [0, 4]],
        ['east', [3]],
        ['south', [2]],
      ],
      tags: [
        ['new', [0, 3, 4]],
        ['red', [0, 3, 4]],
      ],
    });
  });

  it('are of the category with fewest values where no field is named', () => {
    const fields = [
      { scope: 'item', name: 'tags', distinct: 2 },
      { scope: 'item', name: 'shop', distinct: 3 },
      { scope: 'item', name: 'price', distinct: 1 },
    ];
    const encoded = { features: { schema }, fields } as unknown as Parameters<typeof sliceFields>[0];
    expect(sliceFields(encoded, undefined)).toEqual(['tags']);
    expect(sliceFields(encoded, ['price'])).toEqual(['price']);
  });

  it('refuse a field that no test list has', async () => {
    const none = await readTestSlots({ dataset, encoded }, ['color']);
    expect(() => sliceColumns({ slots: none, outcomes, fields: ['color'] })).toThrow(
      'by color: expected a field of the items on the test lists, found none there that has it; name another field',
    );
  });
});
