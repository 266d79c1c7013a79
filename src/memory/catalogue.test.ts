import { expect, it } from 'vitest';
import { type Catalogue, createCatalogue } from './catalogue.ts';
import type { DescribeItem } from './item-version.ts';

function scene(): { readonly items: Catalogue; readonly described: readonly string[] } {
  const described: string[] = [];
  const describe: DescribeItem = ({ index, id, fields }) => {
    described.push(id);
    return { item: index, dense: [], tokens: [], tokenWeights: [], tokenStarts: [0], bags: [], fields };
  };
  return { items: createCatalogue(describe), described };
}

it('numbers items as they are met, and asking adds none', () => {
  const { items } = scene();
  expect([items.indexOf('a'), items.fieldsOf('a'), items.versionOf(0)]).toEqual([undefined, undefined, undefined]);
  expect(items.size).toBe(0);
  expect(['a', 'b', 'a'].map(items.meet)).toEqual([0, 1, 0]);
  expect([items.indexOf('b'), items.size, items.next]).toEqual([1, 2, 2]);
});

it('keeps the fields that an update does not name, loses those it deletes, and forgets all when they are replaced', () => {
  const { items } = scene();
  items.update('a', { price: 1, kind: 'tea' });
  items.update('a', { price: 4 });
  expect(items.fieldsOf('a')).toEqual({ price: 4, kind: 'tea' });
  items.update('a', { kind: null });
  expect(items.fieldsOf('a')).toEqual({ price: 4 });
  items.replace('a', { brand: 'x' });
  expect([...items.entries()]).toEqual([[0, 'a', { brand: 'x' }]]);
});

it('describes a version once, at first use', () => {
  const { items, described } = scene();
  items.update('a', { price: 1 });
  expect(described).toEqual([]);
  const before = items.versionOf(0);
  expect(items.versionOf(0)).toBe(before);
  items.update('a', { price: 2 });
  expect(items.versionOf(0)?.fields).toEqual({ price: 2 });
  expect(before?.fields).toEqual({ price: 1 });
  expect(described).toEqual(['a', 'a']);
});

it('never gives an index twice', () => {
  const { items } = scene();
  items.update('a', { price: 1 });
  items.meet('b');
  items.evict(0);
  items.evict(77);
  expect([items.indexOf('a'), items.fieldsOf('a'), items.versionOf(0), items.size]).toEqual([
    undefined,
    undefined,
    undefined,
    1,
  ]);
  expect(items.meet('a')).toBe(2);
  expect(items.fieldsOf('a')).toEqual({});
  const again = createCatalogue(() => expect.fail('nothing was asked for'), {
    entries: [...items.entries()],
    next: items.next,
  });
  expect([...again.entries()]).toEqual([...items.entries()]);
  expect(again.meet('c')).toBe(3);
});
