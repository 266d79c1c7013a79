import { describe, expect, it } from 'vitest';
import type { DatasetRow } from '../../datasets/folder/dataset.ts';
import type { GapGroups } from '../../measure/reliability-tables.ts';
import type { Fields } from '../../slate/fields.ts';
import { type FactSource, listFacts } from './list-facts.ts';

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

const source: FactSource = {
  dataset: {
    async *rows() {
      yield* rows;
    },
  },
  // The test lists in an order of their own; one of the lists is not among them.
  encoded: { listB: Int32Array.of(0, 1, 2, 3), test: Int32Array.of(3, 1, 2) },
  outcomes: { positionS: Int32Array.of(0, 1, 0, 1, 0) },
  schema: {
    item: [
      { name: 'price', kind: 'numeric' },
      { name: 'shop', kind: 'category' },
      { name: 'tags', kind: 'tags' },
    ],
    rankedItem: [{ name: 'shop', kind: 'category' }],
    ranking: [],
    user: [],
  },
};

/** The labels of each of the five slots. */
const told = ({ labels, groupsOf }: GapGroups): readonly string[] =>
  [0, 1, 2, 3, 4].map((slot) =>
    groupsOf(slot)
      .map((group) => labels[group])
      .join(),
  );

describe('the facts of test lists', () => {
  it('count the lists that the user had seen, in any part of the log; nobody has seen none', async () => {
    const { seenBeforeB } = await listFacts(source, undefined);
    expect(seenBeforeB).toEqual([2, 1, -1]);
    expect((await listFacts({ ...source, seenBeforeB: [7, 8, 9] }, undefined)).seenBeforeB).toEqual([7, 8, 9]);
  });

  it('have categories of few values where no field is named: the value on the list, else that of the item then', async () => {
    const { fields, positionS } = await listFacts(source, undefined);
    expect(fields.map(({ by }) => by)).toEqual(['shop']);
    expect(told(fields[0])).toEqual(['north', '', 'south', 'east', 'north']);
    expect(positionS).toBe(source.outcomes.positionS);
  });

  it('have the fields that are named: numbers by quarters, several values of one field', async () => {
    const { fields } = await listFacts(source, ['price', 'tags']);
    expect(told(fields[0])).toEqual(['20 to below 30', '', '30 and more', '10 to below 20', '20 to below 30']);
    expect(told(fields[1])).toEqual(
      ['red,new', '', '', 'red,new', 'red,new'].map((text) =>
        expect.toSatisfy((found: string) => found.split(',').toSorted().join() === text.split(',').toSorted().join()),
      ),
    );
  });

  it('refuse a field that no item has', async () => {
    await expect(listFacts(source, ['shopp'])).rejects.toThrow(/by shopp: .*shop/);
  });
});
