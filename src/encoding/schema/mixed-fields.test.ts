import { expect, it } from 'vitest';
import type { FieldValue } from '../../slate/fields.ts';
import { createFieldStatistics } from '../field-values/field-statistics.ts';
import { mixedFieldNotes } from './mixed-fields.ts';
import { type FieldOverrides, inferSchema } from './schema.ts';

function notesOf(values: readonly FieldValue[], overrides: FieldOverrides = {}): readonly string[] {
  const statistics = createFieldStatistics();
  for (const price of values) statistics.observe('item', { price });
  const fields = statistics.result();
  return mixedFieldNotes(fields, inferSchema(fields, overrides), overrides);
}
const numbers = (count: number): number[] => Array.from({ length: count }, (_, at) => at);

it('tells what a field of several types loses, and how many', () => {
  expect(notesOf([...numbers(400), 'unknown'])).toEqual([
    'item.price is taken as numeric: mixed types: 400 numbers, 1 string; what is of another type counts as missing',
  ]);
  expect(notesOf([...numbers(3), 'one', 'two', true, [1], ['a'], ['b']])).toEqual([
    'item.price is ignored: mixed types: 3 numbers, 1 boolean, 2 strings, 1 list of numbers, 2 lists of strings; mend the log, or give it a kind in "fields" of the settings',
  ]);
});

it('is silent where nothing is lost, or on purpose', () => {
  for (const values of [numbers(9), [1, 2, true], ['a', 'b'], ['a', ['b']], [['a'], ['b']], ['title']])
    expect(notesOf(values)).toEqual([]);
  for (const kind of ['ignored', 'category'] as const) expect(notesOf([1, 'one'], { 'item.price': kind })).toEqual([]);
});
