import { describe, expect, it } from 'vitest';
import type { FieldUpdates, FieldValue } from '../../slate/fields.ts';
import type { FeatureSchema } from '../schema/schema.ts';
import { type ChangedField, watchEvent, watchFields } from './changed-fields.ts';
import { createEncodersFitter, encoderDefaults } from './encoders.ts';

const schema: FeatureSchema = {
  item: [
    { name: 'price', kind: 'numeric' },
    { name: 'brand', kind: 'category' },
    { name: 'tags', kind: 'tags' },
    { name: 'since', kind: 'time' },
    { name: 'vector', kind: 'vector', length: 2 },
    { name: 'title', kind: 'ignored' },
  ],
  user: [],
  ranking: [{ name: 'query', kind: 'category' }],
  rankedItem: [{ name: 'relevancy', kind: 'numeric' }],
};
const fieldsOf = (n: number): Record<string, FieldValue> => ({
  price: n,
  brand: `b${n % 4}`,
  tags: [`t${n % 3}`, 'all'],
  since: '2024-03-01',
  vector: [n, 1],
  title: `title ${n}`,
});

/** Encoders as fitted on 60 items and lists. */
const encoders = (() => {
  const fitter = createEncodersFitter(schema, encoderDefaults);
  for (let n = 0; n < 60; n++)
    fitter.observe(
      {
        clickTimesK: Float64Array.of(-1),
        ranking: {
          event: 'ranking',
          id: `r${n}`,
          time: n,
          user: 'u',
          fields: { query: `q${n % 5}` },
          items: [{ id: `i${n}`, fields: { relevancy: n } }],
        },
      },
      { item: () => fieldsOf(n), user: {} },
    );
  return fitter.fit();
})();

/** What is told of 40 item events, each changed. */
function told(change: (fields: Record<string, FieldValue>, n: number) => FieldUpdates): readonly ChangedField[] {
  const watch = watchFields(schema, encoders);
  for (let n = 0; n < 40; n++) watch.observe('item', change(fieldsOf(n), n));
  return watch.changed();
}

describe('fields of items', () => {
  it('that are what they were are not told', () => {
    expect(told((fields) => fields)).toEqual([]);
    // A few odd values, what exporters write for nothing, ignored fields, and values that were rare before.
    expect(told((fields, n) => (n === 0 ? { ...fields, price: 'free', title: 7 } : fields))).toEqual([]);
    expect(told((fields, n) => ({ ...fields, price: n % 2 ? 'NaN' : n }))).toEqual([]);
    expect(told((fields, n) => (n % 6 === 0 ? { ...fields, brand: `new${n}` } : fields))).toEqual([]);
  });

  it.each<[string, FieldValue, string]>([
    [
      'price',
      '140 yen',
      'item.price: expected numbers, as in training, found another kind in 40 of 40 items, such as "140 yen"; these',
    ],
    ['price', [1, 2], 'found another kind in 40 of 40 items, such as [1,2]'],
    [
      'since',
      'last year',
      'item.since: expected dates or epoch milliseconds, as in training, found another kind in 40 of 40',
    ],
    ['vector', 3, 'item.vector: expected lists of 2 numbers, as in training, found another kind in 40 of 40'],
    ['vector', [1, 2, 3], 'found another kind in 40 of 40'],
    [
      'brand',
      'x',
      'item.brand: expected values that are known, as in training, found unknown ones in 40 of 40 items, such as "x"',
    ],
    ['tags', 't1, all', 'found unknown ones in 40 of 40 items, such as "t1, all"'],
  ])('%s as %j is told with its counts', (name, value, sentence) => {
    const found = told((fields) => ({ ...fields, [name]: value }));
    expect(found.map(({ field, count, total }) => [field, count, total])).toEqual([[`item.${name}`, 40, 40]]);
    expect(found[0].note).toContain(sentence);
  });

  it('that are gone are told, but not those that an update does not name', () => {
    const gone = told(({ price: _, ...fields }) => fields);
    expect(gone).toEqual([
      {
        field: 'item.price',
        change: 'gone',
        count: 40,
        total: 40,
        note: 'item.price: expected numbers, as in training, found it in none of 40 items; it counts as missing',
      },
    ]);
    expect(told(({ price: _, ...fields }) => ({ ...fields, price: null }))).toEqual(gone);
    expect(told((_, n) => ({ price: n }))).toEqual([]);
  });

  it('of which half are new are told', () => {
    expect(told((fields, n) => (n % 2 ? { ...fields, brand: 'new' } : fields))).toMatchObject([
      { field: 'item.brand', change: 'unknown values', count: 20, total: 40 },
    ]);
  });
});

it('fields of requests and of their items are told from the first on', () => {
  const watch = watchFields(schema, encoders);
  const items = [{ id: 'i1', fields: { relevancy: 'high' } }];
  watchEvent(watch, { event: 'ranking', id: 'r', time: 1, user: 'u', fields: {}, items });
  watchEvent(watch, { event: 'interaction', ranking: 'r', time: 2, user: 'u', item: 'i1', type: 'click' });
  expect(watch.changed().map(({ field, change }) => [field, change])).toEqual([
    ['ranking.query', 'gone'],
    ['rankedItem.relevancy', 'another kind'],
  ]);
});
