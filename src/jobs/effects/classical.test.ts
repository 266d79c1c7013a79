import { describe, expect, it } from 'vitest';
import { classicalEffects, guessFields, situationsOf } from './classical.ts';
import { pairNames } from './pair-names.ts';
import type { ShownItem } from './shown-lists.ts';

const item = (id: string, [price, stars, kind]: readonly [number, number, string]): ShownItem => ({
  id,
  fields: { price, stars, kind },
});
const target = item('target', [100, 4, 'tea']);
const decoy = item('decoy', [140, 3, 'tea']);
const cheap = item('cheap', [60, 2, 'tea']);
const double = item('double', [104, 4.01, 'tea']);
const other = item('other', [140, 1, 'mug']);
const fields = { price: 'price', quality: 'stars', within: 'kind' };
const shown = [[target, decoy, cheap, double, other]];
const situationOf = situationsOf(fields, shown);
const namesAt = (items: readonly ShownItem[]): readonly string[] | undefined => {
  const bits = situationOf(items, 0);
  return bits === undefined
    ? undefined
    : classicalEffects.filter((_, at) => (bits & (1 << at)) !== 0).map(({ name }) => name);
};

describe('the classical situations', () => {
  it.each<[string, readonly ShownItem[], readonly string[] | undefined]>([
    [
      'beside a dearer and worse one, between it and a cheaper one',
      [target, decoy, cheap],
      ['attraction', 'compromise'],
    ],
    ['beside a cheaper and better one', [decoy, target, cheap], ['dominated']],
    ['beside its like, which is the dearer', [target, double, cheap], ['compromise', 'similarity']],
    ['the cheapest, and the worst', [cheap, target, decoy], []],
    ['with one other of its kind alone', [target, decoy, other], undefined],
    ['without a price', [{ id: 'x', fields: { stars: 3, kind: 'tea' } }, target, decoy], undefined],
  ])('%s', (_, items, names) => {
    expect(namesAt(items)).toEqual(names);
  });

  it('take the fields by their usual names, those told first', () => {
    const known = [
      { name: 'price', kind: 'numeric' },
      { name: 'rating', kind: 'numeric' },
      { name: 'category', kind: 'tags' },
      { name: 'size', kind: 'numeric' },
    ];
    expect(guessFields(known, {})).toEqual({ price: 'price', quality: 'rating', within: undefined });
    expect(guessFields(known, { quality: 'size', within: 'rating' })).toMatchObject({
      quality: 'size',
      within: 'rating',
    });
    expect(guessFields(known.slice(1), {})).toBeUndefined();
  });
});

it('names a pair of items by what the fields say of it and by what it does', () => {
  const nameOf = pairNames(shown, fields);
  const pair = (from: ShownItem, to: ShownItem, estimate: number): string | undefined =>
    nameOf({ from: from.id, to: to.id, estimate });
  expect(pair(decoy, target, 0.1)).toBe('decoy');
  expect(pair(target, decoy, -0.1)).toBe('outshone');
  expect(pair(double, target, -0.1)).toBe('double');
  expect(pair(decoy, target, -0.1)).toBeUndefined();
  expect(pair(other, target, 0.1)).toBeUndefined();
});
