import { expect, it } from 'vitest';
import { featureTable, tableColumns } from '../bench/trees/feature-table.ts';
import type { Bags, EmbeddingSpec, EncodedSlates, InputSpec } from '../src/encoding/columns/encoded-slates.ts';
import { encodedDrinks } from './encoded-drinks.ts';

const drinks = await encodedDrinks(200);
const { train, test } = drinks;

// The drinks have no tokens: item row r gets the unknown one and r + 1, impression b gets 1 and b % 3.
const bagsOf = (rows: number, idsOf: (row: number) => number[]): Bags => {
  const ids = Array.from({ length: rows }, (_, row) => idsOf(row));
  const ends = ids.map((_, row) => ids.slice(0, row + 1).reduce((sum, { length }) => sum + length, 0));
  return { offsets: Int32Array.from([0, ...ends]), ids: Int32Array.from(ids.flat()) };
};
const table = (name: string, rows: number): EmbeddingSpec => ({ name, rows, width: 4, pooling: 'sqrt' });
const { items, count } = drinks.slates.columns;
const spec: InputSpec = {
  ...drinks.spec,
  itemEmbeddings: [table('genre', items.count + 1)],
  contextEmbeddings: [table('query', 3)],
};
const slates: EncodedSlates = {
  ...drinks.slates.columns,
  items: { ...items, bags: [bagsOf(items.count, (row) => [0, row + 1])] },
  contextBags: [bagsOf(count, (b) => [1, b % 3])],
};

it('names a column for every number and for the most frequent tokens', () => {
  const numbers = spec.slotDense.length + spec.contextDense.length + spec.itemDense.length;
  const tokens = spec.itemEmbeddings.concat(spec.contextEmbeddings).map(({ rows }) => rows - 1);
  const all = tableColumns(spec, 1000);
  expect(all.names.length).toBe(numbers + tokens.reduce((sum, count) => sum + count, 0));
  expect(new Set(all.names).size).toBe(all.names.length);
  for (const name of spec.listRelative) expect(all.names).toContain(name);
  const few = tableColumns(spec, 1);
  expect(few.names.length).toBe(numbers + tokens.filter((count) => count > 0).length);
});

it('writes a row a shown item, every column under its name', () => {
  const columns = tableColumns(spec, 1000);
  const C = columns.names.length;
  const { featuresSC, labelS, lengthB } = featureTable(slates, test, columns);
  expect(lengthB.length).toBe(test.length);
  expect(labelS.length).toBe(lengthB.reduce((sum, length) => sum + length, 0));
  expect(featuresSC.length).toBe(labelS.length * C);
  const at = (row: number, name: string): number => featuresSC[row * C + columns.names.indexOf(name)];
  let row = 0;
  for (const b of test) {
    for (let slot = slates.offsets[b]; slot < slates.offsets[b + 1]; slot++, row++) {
      const item = slates.itemRowS[slot];
      expect(labelS[row]).toBe(slates.labelS[slot]);
      for (const [f, name] of spec.slotDense.entries()) {
        expect(at(row, name)).toBe(slates.slotDenseSF[slot * spec.slotDense.length + f]);
      }
      for (const [f, name] of spec.contextDense.entries()) {
        expect(at(row, `context ${name}`)).toBe(slates.contextDenseBF[b * spec.contextDense.length + f]);
      }
      for (const [f, name] of spec.itemDense.entries()) {
        expect(at(row, `item ${name}`)).toBe(slates.items.denseRF[item * spec.itemDense.length + f]);
      }
      for (let id = 1; id <= items.count; id++) expect(at(row, `item genre#${id}`)).toBe(id === item + 1 ? 1 : 0);
      expect([at(row, 'context query#1'), at(row, 'context query#2')]).toEqual([1, b % 3 === 2 ? 1 : 0]);
    }
  }
  expect(row).toBe(labelS.length);
});

it('keeps the order of the lists it is asked for', () => {
  const columns = tableColumns(spec, 5);
  const reversed = featureTable(slates, train.toReversed(), columns);
  expect(reversed.lengthB).toEqual(featureTable(slates, train, columns).lengthB.toReversed());
});

it('marks no token without a column', () => {
  expect(tableColumns(spec, 1).names.slice(-2)).toEqual(['item genre#1', 'context query#1']);
  const columns = tableColumns(spec, 0);
  expect(columns.names.length).toBe(spec.slotDense.length + spec.contextDense.length + spec.itemDense.length);
  expect(featureTable(slates, test, columns).featuresSC.every(Number.isFinite)).toBe(true);
});
