import { describe, expect, it } from 'vitest';
import { readRequest } from './request-input.ts';

const NOW = Date.UTC(2026, 0, 2);
const read = (given: unknown) => readRequest(given, { at: 0, now: NOW, clock: NOW - 1000 });

describe('a request from a program', () => {
  it('happens now, is named by its place, and has ids as texts', () => {
    expect(read({ user: 5, session: 7, items: [1, { id: 'b', position: 4 }] })).toEqual({
      event: 'ranking',
      id: 'request 1',
      time: NOW,
      user: '5',
      session: '7',
      fields: {},
      items: [
        { id: '1', fields: {} },
        { id: 'b', fields: {}, position: 4 },
      ],
    });
  });

  it('may be a line of a log', () => {
    const line = { event: 'ranking', id: 'r', timestamp: '2026-01-02T00:00:00Z', items: [{ id: 'a' }] };
    expect(read(line)).toMatchObject({ id: 'r', time: NOW });
  });

  it.each<readonly [string, unknown]>([
    ['request 1: expected an object such as', ['a', 'b']],
    [
      'request 1: expected "ranking" where a request says what "event" it is, found "item"',
      { event: 'item', items: ['a'] },
    ],
    [
      'request r: expected one of "time" and "timestamp", found both',
      { id: 'r', time: NOW, timestamp: NOW, items: ['a'] },
    ],
    ['request 1: expected "time" in milliseconds since 1970', { time: Number.NaN, items: ['a'] }],
    ['found NaN', { time: Number.NaN, items: ['a'] }],
    ['request 1: expected "fields" to be an object of values by name', { fields: 5, items: ['a'] }],
    ['found "itms"; did you mean "items"?', { itms: ['a'] }],
    ['"postion" in 1 entry of "items" is not read', { items: [{ id: 'a', postion: 1 }] }],
  ])('is refused by name: %s', (sentence, given) => {
    expect(() => read(given)).toThrow(sentence);
  });
});

it('takes ids as a database of large numbers gives them, alone or in an object', () => {
  const { items } = read({ items: [1n, { id: 2n }, 3] });
  expect(items.map(({ id }) => id)).toEqual(['1', '2', '3']);
});
