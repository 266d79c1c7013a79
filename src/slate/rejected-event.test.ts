import { expect, it } from 'vitest';
import { foundInstead, show } from './rejected-event.ts';

const circle: Record<string, unknown> = {};
circle.itself = circle;
const { proxy: gone, revoke } = Proxy.revocable({}, {});
revoke();
class Row {
  readonly price = 5;
}

it.each<readonly [string, unknown, string]>([
  ['a text', 'i1', '"i1"'],
  ['nothing', undefined, 'nothing'],
  ['null', null, 'null'],
  ['no number', Number.NaN, 'NaN'],
  ['a bigint', 10n, '10n'],
  ['a symbol', Symbol('s'), 'a symbol'],
  ['a function', () => 1, 'a function'],
  ['a promise', Promise.resolve(), 'a promise'],
  ['a map', new Map([['price', 5]]), 'a Map'],
  ['a set', new Set([1]), 'a Set'],
  ['typed numbers', new Int32Array(2), 'an Int32Array'],
  ['a date', new Date(0), '"1970-01-01T00:00:00.000Z"'],
  ['an invalid date', new Date(Number.NaN), 'null'],
  ['an object of a class', new Row(), 'a Row'],
  ['an object with inherited keys', Object.create({ exclude: [] }), 'an object with inherited keys'],
  ['an object without a prototype', Object.assign(Object.create(null), { a: 1 }), '{"a":1}'],
  [
    'an object with parts that JSON does not have',
    { a: 1n, b: new Map(), c: () => 1 },
    '{"a":"1n","b":"a Map","c":"a function"}',
  ],
  ['a circle', circle, 'an object that cannot be shown'],
  ['a list in a circle', [circle], 'an object that cannot be shown'],
  ['what throws at every question', gone, 'an object that cannot be shown'],
])('shows %s', (_, value, text) => {
  expect(show(value)).toBe(text);
});

it('says of a promise that it is to be awaited', () => {
  expect(foundInstead(Promise.resolve(), 'give another')).toBe('found a promise; await it');
  expect(foundInstead(7, 'give another')).toBe('found 7; give another');
  expect(foundInstead(7)).toBe('found 7');
});
