import { expect, it } from 'vitest';
import type { FieldValue } from '../../slate/fields.ts';
import { createFieldStatistics } from '../field-values/field-statistics.ts';
import { fieldNotes } from './kind-doubts.ts';
import { type FieldOverrides, inferSchema } from './schema.ts';

function notesOf(name: string, values: readonly FieldValue[], overrides: FieldOverrides = {}): readonly string[] {
  const statistics = createFieldStatistics();
  for (const value of values) statistics.observe('item', { [name]: value });
  const fields = statistics.result();
  return fieldNotes(fields, inferSchema(fields, overrides), overrides);
}
const times = <T>(count: number, of: (at: number) => T): T[] => Array.from({ length: count }, (_, at) => of(at));

it.each<[string, string, readonly FieldValue[], string]>([
  [
    'numbers written as text',
    'price',
    ['1.5', '2', 'NULL'],
    'item.price is taken as numeric: 2 of its 3 values are numbers written as text, and 1 stand for none (NULL and the like), which count as missing; if they are names of something, say "fields": {"item.price": "category"} in the settings',
  ],
  [
    'few whole numbers as text',
    'rooms',
    ['1', '2', '1', '2'],
    'item.rooms is taken as category: 4 of its 4 values are numbers written as text; if more or less of it means something, say "fields": {"item.rooms": "numeric"} in the settings',
  ],
  [
    'ids that are numbers',
    'chain_id',
    [1000, 2000],
    'item.chain_id is taken as numeric: whole numbers under the name of an id; if it is a category, say "fields": {"item.chain_id": "category"} in the settings',
  ],
  [
    'lists of ids',
    'genres',
    [[1], [2, 3, 4]],
    'item.genres is taken as tags: lists of whole numbers, 1 to 3 each; if the numbers are no ids, say "fields": {"item.genres": "ignored"} in the settings',
  ],
  [
    'lists of one length that may be ids',
    'genres',
    [
      [1, 2],
      [3, 4],
    ],
    'item.genres is taken as vector: lists of whole numbers, 2 each; if the numbers are ids, say "fields": {"item.genres": "tags"} in the settings',
  ],
  [
    'lists that are neither',
    'v',
    [[1.5], [2, 3]],
    'item.v is ignored: lists of numbers, 1 to 2 each: a vector has one length; if the numbers are ids, say "fields": {"item.v": "tags"} in the settings',
  ],
  [
    'numbers that lost digits',
    'seller',
    [2 ** 60, 2 ** 61],
    'item.seller is taken as numeric: 2 of its numbers are beyond 2^53 and have lost their last digits; if they are ids, give them as strings in the log; if they tell nothing, say "fields": {"item.seller": "ignored"} in the settings',
  ],
])('tells of %s', (_, name, values, note) => {
  expect(notesOf(name, values)).toEqual([note]);
});

it('is silent where there is no doubt, or the config says what it is', () => {
  for (const [name, values] of [
    ['price', [1, 2]],
    ['price', [1.5, 2]],
    ['chain_id', [1.5, 2]],
    ['brand', ['a', 'a']],
    ['valid', [1, 2]],
    [
      'embedding',
      [
        [0.5, 1],
        [2, 3],
      ],
    ],
    ['tags', [['a'], []]],
  ] as const)
    expect(notesOf(name, values as readonly FieldValue[])).toEqual([]);
  expect(notesOf('chain_id', [1, 2], { 'item.chain_id': 'category' })).toEqual([]);
  expect(
    notesOf(
      'price',
      times(60, (at) => `${at}.5`),
      { 'item.price': 'numeric' },
    ),
  ).toEqual([]);
});

it('names values that are alike but for their case, where they are values of a category', () => {
  const cuisines = ['sushi', 'Sushi', 'ramen', 'RAMEN', 'curry'].flatMap((cuisine) => times(9, () => cuisine));
  expect(notesOf('cuisine', cuisines)).toEqual([
    'item.cuisine: "sushi" and "Sushi" count as different values, and 1 more is alike but for the case; write them alike in the log, if they are one',
  ]);
  expect(
    notesOf(
      'cuisine',
      cuisines.map((cuisine) => cuisine.toLowerCase()),
    ),
  ).toEqual([]);
  expect(notesOf('price', ['1e3', '1E3', '5'], { 'item.price': 'numeric' })).toEqual([]);
});
