import { expect, it } from 'vitest';
import { noFields } from '../../slate/fields.ts';
import { InputError } from '../../slate/input-error.ts';
import type { Candidate } from './candidate.ts';
import { checkNames } from './check-names.ts';
import { createFieldIndex } from './known-fields.ts';
import type { Rules } from './rules.ts';

const candidates: readonly Candidate[] = [
  { id: 'i1', fields: { category: 'tea', stars: 4 } },
  { id: 'i2', fields: { category: 'cake', margin: 0.1 } },
];
const known = createFieldIndex({
  size: 3,
  entries: () => [
    [0, 'i1', { category: 'tea', stars: 4 }],
    [1, 'i8', { category: 'bread', tags: ['warm', 'new'] }],
    [2, 'i9', noFields],
  ],
});
const check = (rules: Rules): readonly string[] => checkNames(rules, { candidates, known, where: 'request r1' });

it('lets pass what a candidate or a known item has', () => {
  expect(
    check({
      excludeWhere: [
        { field: 'category', value: 'bread' },
        { field: 'tags', value: 'new' },
      ],
      atMost: [
        { field: 'tags', count: 1 },
        { field: 'margin', count: 1 },
      ],
      atLeast: [{ field: 'stars', value: 4, count: 1 }],
      unique: ['category'],
    }),
  ).toEqual([]);
});

it.each<[string, Rules, string]>([
  [
    'misspelt',
    { excludeWhere: [{ field: 'catgory', value: 'tea' }] },
    'excludeWhere: field: expected one of category, stars, tags, margin, found "catgory"; did you mean "category"?',
  ],
  ['of another case', { atMost: [{ field: 'Category', count: 1 }] }, 'did you mean "category"?'],
  [
    'with a prefix',
    { unique: ['item.category'] },
    'did you mean "category"? Rules name the fields of items without a prefix',
  ],
  ['unknown', { unique: ['shop'] }, 'unique: field: expected one of'],
  ['of every object', { minExposure: [{ field: 'constructor', value: 'x', share: 0.1 }] }, 'found "constructor"'],
  ['of a demand', { atLeast: [{ field: 'stras', value: 4, count: 1 }] }, 'did you mean "stars"?'],
])('refuses a field that no item has: %s', (_, rules, sentence) => {
  expect(() => check(rules)).toThrow(InputError);
  expect(() => check(rules)).toThrow('request r1: ');
  expect(() => check(rules)).toThrow(sentence);
});

it('says so where no item has any field', () => {
  const nothing = createFieldIndex({ size: 0, entries: () => [] });
  const rules = { unique: ['shop'] };
  expect(() => checkNames(rules, { candidates: [{ id: 'i', fields: noFields }], known: nothing, where: 'r' })).toThrow(
    'no item with any field',
  );
});

it('warns of a value that no known item has, with the nearest one, and tells ten of many', () => {
  expect(check({ excludeWhere: [{ field: 'category', value: 'Tea' }] })).toEqual([
    'excludeWhere: no known item has "Tea" as its category; did you mean "tea"?',
  ]);
  expect(check({ atLeast: [{ field: 'category', value: 'braed', count: 0 }] })[0]).toContain('did you mean "bread"?');
  expect(check({ atMost: [{ field: 'stars', value: '4', count: 1 }] })).toEqual([
    'atMost: no known item has "4" as its stars; did you mean 4?',
  ]);
  const many = Array.from({ length: 30 }, (_, n) => ({ field: 'category', value: `brand number ${n}`, share: 0 }));
  const warnings = check({ minExposure: many });
  expect(warnings).toHaveLength(11);
  expect(warnings[10]).toBe('and 20 more rules on values that no known item has');
});

it('knows what items are told later', () => {
  const entries: [number, string, Record<string, string>][] = [[0, 'i1', { category: 'tea' }]];
  const growing = createFieldIndex({
    get size() {
      return entries.length;
    },
    entries: () => entries,
  });
  const ask = (rules: Rules): readonly string[] => checkNames(rules, { candidates: [], known: growing, where: 'r' });
  expect(() => ask({ unique: ['shop'] })).toThrow(InputError);
  expect(ask({ excludeWhere: [{ field: 'category', value: 'cake' }] })).toHaveLength(1);
  entries.push([1, 'i2', { category: 'cake', shop: 's1' }]);
  expect(ask({ unique: ['shop'], excludeWhere: [{ field: 'category', value: 'cake' }] })).toEqual([]);
});
