import { expect, it } from 'vitest';
import type { FeatureSchema } from '../encoding/schema/schema.ts';
import type { LogEvent } from '../slate/events.ts';
import { readEvent } from '../slate/log-form.ts';
import { createValueCheck } from './defined-values.ts';
import { defineFields } from './fields.ts';
import { readRequest } from './request-input.ts';

const fields = defineFields({
  item: { price: 'numeric', since: 'time', brand: 'category', genres: 'tags', look: 'vector', note: 'ignored' },
  user: { age: 'numeric' },
  ranking: { budget: 'numeric' },
  rankedItem: { relevancy: 'numeric' },
});
const schema: FeatureSchema = {
  item: [{ name: 'look', kind: 'vector', length: 2 }],
  user: [],
  ranking: [],
  rankedItem: [],
};
const check = createValueCheck(fields, schema);
const time = 1_700_000_000_000;
const item = (values: object): LogEvent => readEvent({ event: 'item', item: 'i1', time, fields: values });

it.each([
  [{ price: 'cheap' }, 'expected numbers in "item.price", which is defined as numeric, found "cheap"; mend the value'],
  [{ price: '' }, 'expected numbers in "item.price", .*, found ""; mend the value, or give null where there is none'],
  [{ price: 'NULL' }, 'found "NULL"; .* null'],
  [{ since: ' ' }, 'expected dates or epoch milliseconds in "item.since", .*, found " ";'],
  [{ price: [1, 2] }, 'expected numbers in "item.price", .*, found [1,2];'],
  [{ since: 'soon' }, 'expected dates or epoch milliseconds in "item.since", .*, found "soon";'],
  [{ since: true }, 'found true;'],
  [{ brand: ['a', 'b'] }, 'expected one value, no list, in "item.brand"'],
  [{ look: [1, 2, 3] }, 'expected a list of 2 numbers in "item.look", .*, found [1,2,3];'],
  [{ look: 'red' }, 'expected a list of 2 numbers in "item.look"'],
])('refuses %j', (values, sentence) => {
  const message = expect.stringMatching(sentence.replace(/[[\]]/g, '\\$&'));
  expect(() => check(item(values))).toThrow(expect.objectContaining({ code: 'bad-value', message }));
});

it.each([
  { price: 5 },
  { price: '5.50' },
  { price: true },
  { price: null },
  { since: '2026-01-01' },
  { since: new Date(time) },
  { brand: 7 },
  { genres: 'a' },
  { genres: ['a', 'b'] },
  { look: [0.5, 1] },
  { look: [] },
  { note: [1, 2, 3] },
  { other: 'cheap' },
])('takes %j', (values) => {
  expect(() => check(item(values))).not.toThrow();
});

it('checks users, lists and their items, and nothing where nothing is defined', () => {
  const user = readEvent({ event: 'user', user: 'u1', time, fields: { age: 'old' } });
  expect(() => check(user)).toThrow('"user.age"');
  const list = { items: ['i1', { id: 'i2', fields: { relevancy: 'high' } }], time };
  expect(() => check(readEvent({ ...list, event: 'ranking', id: 'r' }))).toThrow('"rankedItem.relevancy"');
  expect(() => createValueCheck(undefined, schema)(user)).not.toThrow();
});

it('holds values against the kinds that the model told from its log, where nothing is defined', () => {
  const learned: FeatureSchema = { ...schema, item: [{ name: 'price', kind: 'numeric' }] };
  const undefinedByProgram = createValueCheck(undefined, learned);
  for (const taken of [{ price: 5 }, { price: '5' }, { price: 'NULL' }, { price: '' }, { price: null }, { brand: [1] }])
    expect(() => undefinedByProgram(item(taken))).not.toThrow();
  expect(() => undefinedByProgram(item({ price: 'cheap' }))).toThrow(
    'expected numbers in "item.price", which the model reads as numeric, found "cheap"; mend the value',
  );
});

it('names the request of a value', () => {
  const request = { items: ['i1', 'i2'], fields: { budget: 'low' } };
  expect(() => readRequest(request, { at: 0, now: time, clock: time, checkValues: check })).toThrow(
    expect.objectContaining({
      code: 'bad-value',
      message: expect.stringContaining('request 1: expected numbers in "ranking.budget"'),
    }),
  );
});
