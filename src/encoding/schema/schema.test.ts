import { describe, expect, it } from 'vitest';
import type { FieldValue } from '../../slate/fields.ts';
import { InputError } from '../../slate/input-error.ts';
import type { FieldKind } from '../field-kinds/field-kinds.ts';
import { createFieldStatistics } from '../field-values/field-statistics.ts';
import { checkOverrides, featureSchema, inferSchema } from './schema.ts';

/** The kind inferred of an item field with these values. */
function kindOf(values: readonly FieldValue[]): FieldKind {
  const statistics = createFieldStatistics();
  for (const value of values) statistics.observe('item', { field: value });
  return inferSchema(statistics.result()).item[0].kind;
}

const times = <T>(count: number, of: (at: number) => T): T[] => Array.from({ length: count }, (_, at) => of(at));

describe('inferSchema', () => {
  it.each<[string, FieldKind, readonly FieldValue[]]>([
    ['numbers', 'numeric', [1, 2.5, -3]],
    ['booleans', 'numeric', [true, false, true]],
    ['dates', 'time', ['2024-01-31', '2024-02-01T09:30:00Z', '2024-02-01 09:30:00+09:00']],
    ['what only looks like dates', 'ignored', ['2024-13-31', '2024-02-01', '2024-02-02']],
    ['epoch milliseconds', 'time', [1_600_000_000_000, 1_700_000_000_000]],
    ['epoch seconds, which might be anything', 'numeric', [1_600_000_000, 1_700_000_000]],
    ['a constant number', 'ignored', [7, 7, 7]],
    ['names that come again', 'category', times(40, (at) => `director ${at % 13}`)],
    ['names that hardly come again', 'ignored', times(40, (at) => `writer ${at % 30}`)],
    ['titles', 'ignored', times(40, (at) => `title ${at}`)],
    ['long texts, though they come again', 'ignored', times(40, (at) => `${at % 4} ${'so on '.repeat(20)}`)],
    ['lists of strings', 'tags', [['a', 'b'], [], ['c']]],
    ['a string or a list of strings', 'tags', ['a', ['b', 'c'], 'a']],
    [
      'lists of numbers of one length',
      'vector',
      [
        [1, 2],
        [3, 4],
      ],
    ],
    ['lists of whole numbers of several lengths, as ids are', 'tags', [[1], [3, 4]]],
    ['lists of several lengths whose mean is whole', 'tags', [[1], [3, 4, 5]]],
    ['lists of ids, some of them empty', 'tags', [[1], [], [3, 4]]],
    ['lists of numbers of several lengths', 'ignored', [[1.5], [3, 4]]],
    ['lists of one id', 'tags', [[1], [4]]],
    ['lists of one number', 'vector', [[1.5], [4]]],
    [
      'numbers written as text, and what stands for none',
      'numeric',
      [...times(40, (at) => `${20 + at / 4}`), 'NULL', '', '-', 'N/A'],
    ],
    ['numbers with a decimal comma', 'numeric', ['1,5', '2,25', '3', 'NULL']],
    ['many whole numbers written as text', 'numeric', times(60, (at) => `${at * 7}`)],
    ['few whole numbers written as text', 'category', times(60, (at) => `${at % 5}`)],
    ['codes', 'category', times(300, (at) => `0${at % 99}`)],
    ['numbers with a comma that may be of thousands', 'ignored', times(60, (at) => `${1 + at},234`)],
    ['dates and what stands for none', 'time', ['2024-01-31', 'NULL', '2024-02-01 09:30:00']],
    ['epoch milliseconds as text', 'time', ['1600000000000', '1700000000000.5']],
    ['numbers among strings', 'ignored', [1, 'one', 2]],
    ['numbers and what stands for none', 'numeric', [1, 'NaN', '', 2, 'null', ' nan ']],
    ['nineteen numbers and one word', 'numeric', [...times(19, (at) => at), 'one']],
    ['eighteen numbers and one word', 'ignored', [...times(18, (at) => at), 'one']],
    ['epoch milliseconds and what stands for none', 'time', [1_600_000_000_000, 'NaN', 1_700_000_000_000]],
    ['a constant number and what stands for none', 'ignored', [7, 'NaN', 7]],
    ['names that come again, some of them empty', 'category', times(40, (at) => (at % 4 ? `name ${at % 4}` : ''))],
    ['nothing but what stands for none', 'category', ['', 'NaN', '', 'NaN']],
  ])('takes %s as %s', (_, kind, values) => {
    expect(kindOf(values)).toBe(kind);
  });

  it('knows the scopes apart, sorts fields by name, and gives a vector its length', () => {
    const statistics = createFieldStatistics();
    statistics.observe('item', { size: 1, embedding: [1, 2, 3] });
    statistics.observe('item', { size: 2 });
    statistics.observe('user', { age: '30s' });
    statistics.observe('user', { age: '30s' });
    statistics.observe('ranking', {});
    expect(inferSchema(statistics.result())).toEqual({
      item: [
        { name: 'embedding', kind: 'vector', length: 3 },
        { name: 'size', kind: 'numeric' },
      ],
      user: [{ name: 'age', kind: 'category' }],
      ranking: [],
      rankedItem: [],
    });
  });

  it('lets the config win, and survives JSON and its own check', () => {
    const statistics = createFieldStatistics();
    for (const zip of [10001, 10002, 10001]) statistics.observe('item', { zip });
    const schema = inferSchema(statistics.result(), { 'item.zip': 'category' });
    expect(schema.item).toEqual([{ name: 'zip', kind: 'category' }]);
    expect(featureSchema.parse(JSON.parse(JSON.stringify(schema)))).toEqual(schema);
  });

  it('tells which fields there are when the config names another', () => {
    const statistics = createFieldStatistics();
    statistics.observe('item', { price: 1 });
    const infer = (): unknown => checkOverrides(statistics.result(), { 'item.prize': 'numeric' });
    expect(infer).toThrow(InputError);
    expect(infer).toThrow('expected one of item.price, found "item.prize"; did you mean "item.price"?');
  });

  it.each<[FieldKind, string]>([
    ['vector', 'lists of numbers of one length in 0 of 1'],
    ['numeric', 'a number in 0 of 1'],
    ['time', 'a date or epoch milliseconds in 0 of 1'],
  ])('refuses a %s made of something else', (kind, found) => {
    const statistics = createFieldStatistics();
    statistics.observe('item', { title: 'Rashomon' });
    const infer = (): unknown => inferSchema(statistics.result(), { 'item.title': kind });
    expect(infer).toThrow(InputError);
    expect(infer).toThrow(`"item.title" is to be a ${kind}, but the log holds ${found} events`);
  });
});
