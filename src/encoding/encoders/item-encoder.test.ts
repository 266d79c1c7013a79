import { describe, expect, it } from 'vitest';
import { exampleEncoders, exampleItems } from '../../../test/example-features.ts';
import { createItemTable, type ItemTable } from './item-table.ts';

function tableOf(ids?: ReadonlyMap<string, number>): ItemTable {
  const table = createItemTable({ encoder: exampleEncoders.item, ids });
  for (const [item, fields] of Object.entries(exampleItems)) table.mergeFields(item, fields);
  return table;
}
const current = (table: ItemTable, id: string) => table.current(table.indexOf(id));

describe('item table', () => {
  it('gives an item the unit vector of its known values, by their rarity', () => {
    const { tokens, tokenWeights, tokenStarts } = current(tableOf(), 'c');
    // coffee (1.5) and bitter (1.5), sour (2); the three ids of kind come first.
    expect(tokens).toEqual([2, 3 + 2, 3 + 3]);
    expect(tokenStarts).toEqual([0, 1, 3]);
    const norm = Math.sqrt(1.5 ** 2 + 1.5 ** 2 + 2 ** 2);
    for (const [at, idf] of [1.5, 1.5, 2].entries()) expect(tokenWeights[at]).toBeCloseTo(idf / norm, 12);
  });

  it('knows an unknown value from an absent one in the bags, and neither in the tokens', () => {
    const table = tableOf();
    const [d, e] = [current(table, 'd'), current(table, 'e')];
    expect([d.tokens, e.tokens]).toEqual([[], []]);
    const [kind] = table.encoded().bags;
    const bag = (row: number): number[] => [...kind.ids.subarray(kind.offsets[row], kind.offsets[row + 1])];
    expect(bag(d.row)).toEqual([0]);
    expect(bag(e.row)).toEqual([]);
  });

  it('makes a row at first use only, and a new one for new metadata', () => {
    const table = tableOf();
    expect(table.encoded().count).toBe(0);
    const before = current(table, 'a');
    expect(current(table, 'a')).toBe(before);
    table.mergeFields('a', { price: 4 });
    const after = current(table, 'a');
    expect([before.row, after.row, table.encoded().count]).toEqual([0, 1, 2]);
    expect(after.dense).toEqual([4, before.dense[1], before.dense[2]]);
  });

  it('keeps the fields that an update does not name, and loses those it deletes', () => {
    const table = tableOf();
    const before = current(table, 'a');
    table.mergeFields('a', { price: 4 });
    expect(current(table, 'a').tokens).toEqual(before.tokens);
    expect(before.tokens).not.toEqual([]);
    table.mergeFields('a', { price: null, kind: null });
    const { kind: _, price: __, ...rest } = exampleItems.a;
    expect(table.entries()).toContainEqual(['a', rest]);
  });

  it('hands out rows that do not change when the table grows', () => {
    const table = tableOf();
    current(table, 'a');
    const early = table.encoded();
    const copy = structuredClone(early);
    for (let version = 0; version < 2000; version++) {
      table.mergeFields('a', { price: version / 1000 });
      current(table, 'a');
    }
    expect(early).toEqual(copy);
    expect(table.encoded().denseRF[3 * 1000]).toBe(Math.fround(0.999));
  });

  it('has a bag of ids when items have embeddings of their own; the others share row 0', () => {
    const table = tableOf(new Map([['c', 1]]));
    expect(table.vocabularySizes.map(({ name }) => name)).toEqual(['kind', 'taste', 'id']);
    current(table, 'c');
    current(table, 'a');
    expect([...table.encoded().bags[2].ids]).toEqual([1, 0]);
  });

  it('takes a field that is called id for a field', () => {
    const [kind] = exampleEncoders.item.vocabularies;
    const encoder = { numeric: [], vectors: [], vocabularies: [{ ...kind, name: 'id' }] };
    const table = createItemTable({ encoder, ids: undefined });
    expect(table.tokenFields).toEqual(['id']);
    table.mergeFields('x', { id: 'tea' });
    expect(current(table, 'x').tokens).toEqual([1]);
  });
});
