import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseEvent } from './parse-event.ts';

const timeOf = (timestamp: unknown): number => parseEvent({ event: 'item', item: 'a', timestamp }).time;

/** Of any year but the first and the last. */
const milliseconds = fc.integer({ min: Date.UTC(1971), max: Date.UTC(2199) });

describe('times of events', () => {
  it.each([
    [0, 0],
    ['0', 0],
    [1000, 1000],
    [1_636_907_100_000, 1_636_907_100_000],
    ['1636907100000', 1_636_907_100_000],
    [12.9, 12],
    ['2021-11-14', 1_636_848_000_000],
    ['2021-11-14T16:25:00+00:00', 1_636_907_100_000],
    [1_636_907_100_000n, 1_636_907_100_000],
    [Date.UTC(2200) - 1, Date.UTC(2200) - 1],
  ])('%s is taken as %i milliseconds', (given, time) => {
    expect(timeOf(given)).toBe(time);
  });

  it.each([
    [
      1_700_000_000_000_000,
      'expected "timestamp" in milliseconds since 1970 or as ISO 8601 (2025-03-01T10:22:33Z), before the year 2200, found 1700000000000000; it looks like microseconds: divide by 1,000',
    ],
    [
      '1700000000000000000',
      'expected "timestamp" in milliseconds since 1970 or as ISO 8601 (2025-03-01T10:22:33Z), before the year 2200, found "1700000000000000000"; it looks like nanoseconds: divide by 1,000,000',
    ],
    [Date.UTC(2200), 'found 7258118400000; it looks like microseconds: divide by 1,000'],
    [1e30, 'found 1e+30; give milliseconds since 1970'],
    ['', 'expected "timestamp" in milliseconds since 1970 or as ISO 8601 (2025-03-01T10:22:33Z), found ""'],
    [' ', 'expected "timestamp" in milliseconds since 1970 or as ISO 8601 (2025-03-01T10:22:33Z), found " "'],
    [
      'Infinity',
      'expected "timestamp" in milliseconds since 1970 or as ISO 8601 (2025-03-01T10:22:33Z), found "Infinity"',
    ],
    [
      '14.11.2021',
      'expected "timestamp" in milliseconds since 1970 or as ISO 8601 (2025-03-01T10:22:33Z), found "14.11.2021"',
    ],
    [
      '1969-12-31',
      'expected "timestamp" in milliseconds since 1970 or as ISO 8601 (2025-03-01T10:22:33Z), found "1969-12-31"',
    ],
    [-1, 'expected "timestamp" in milliseconds since 1970 or as ISO 8601 (2025-03-01T10:22:33Z), found -1'],
    [null, 'expected "timestamp" in milliseconds since 1970 or as ISO 8601 (2025-03-01T10:22:33Z), found null'],
    [undefined, 'expected "timestamp" in milliseconds since 1970 or as ISO 8601 (2025-03-01T10:22:33Z), found nothing'],
  ])('%s is rejected with a sentence', (given, sentence) => {
    expect(() => timeOf(given)).toThrow(sentence);
  });

  it('tells microseconds and nanoseconds of any year', () => {
    fc.assert(
      fc.property(milliseconds, (time) => {
        expect(timeOf(time)).toBe(time);
        expect(() => timeOf(time * 1e3)).toThrow('microseconds');
        expect(() => timeOf(time * 1e6)).toThrow('nanoseconds');
      }),
    );
  });
});

const ranking = { event: 'ranking', id: 'r', timestamp: 1, user: 'u', items: [{ id: 'a' }] };

describe('ids', () => {
  it.each([
    ['item', { event: 'item', timestamp: 1 }],
    ['user', { event: 'user', timestamp: 1 }],
    ['id', ranking],
    ['user', ranking],
    ['session', ranking],
    ['ranking', { event: 'interaction', timestamp: 1, item: 'a', type: 'click' }],
    ['item', { event: 'interaction', timestamp: 1, ranking: 'r', type: 'click' }],
  ])('%s may be a number whose digits are all there, and no half letter', (key, event) => {
    const read = (value: unknown): unknown => {
      const { [key]: id } = parseEvent({ ...event, [key]: value }) as unknown as Record<string, unknown>;
      return id;
    };
    expect([read(12), read(-1.5), read(2 ** 53 - 1), read(2n ** 60n)]).toEqual([
      ...['12', '-1.5', '9007199254740991', '1152921504606846976'],
    ]);
    for (const value of [2 ** 53, -(2 ** 60), JSON.parse('1610521604143780001')])
      expect(() => read(value)).toThrow('give ids as strings');
    expect(read('shop 🍣')).toBe('shop 🍣');
    for (const value of ['shop \ud83d', '\udf63 shop']) expect(() => read(value)).toThrow('half of a surrogate pair');
  });

  it('of shown items, names and values of fields are judged alike', () => {
    const withItem = (item: unknown): unknown => parseEvent({ ...ranking, items: [item] });
    expect(() => withItem({ id: 2 ** 53 })).toThrow('give ids as strings');
    expect(() => withItem({ id: '\ud83d' })).toThrow('half of a surrogate pair');
    for (const field of [
      { name: '\ud83d', value: 1 },
      { name: 'x', value: '\ud83d' },
      { name: 'x', value: ['ok', '\ud83d'] },
    ]) {
      expect(() => withItem({ id: 'a', fields: [field] })).toThrow('half of a surrogate pair');
      expect(() => parseEvent({ event: 'item', item: 'a', timestamp: 1, fields: [field] })).toThrow('half of');
    }
  });
});

describe('fields', () => {
  it('are deleted by null in item and user events, and absent where nothing was known before', () => {
    const fields = [{ name: 'a', value: null }, { name: 'b' }, { name: 'c', value: 0 }];
    expect(parseEvent({ event: 'item', item: 'i', timestamp: 1, fields })).toMatchObject({
      fields: { a: null, b: null, c: 0 },
    });
    expect(parseEvent({ ...ranking, fields, items: [{ id: 'a', fields }] })).toMatchObject({
      fields: { c: 0 },
      items: [{ fields: { c: 0 } }],
    });
  });

  it("have Metarank's relevancy, which stands beside the id", () => {
    const shown = (item: unknown): unknown => {
      const event = parseEvent({ ...ranking, items: [item] });
      return event.event === 'ranking' && { ...event.items[0].fields };
    };
    expect(shown({ id: 'a', relevancy: 0.5 })).toEqual({ relevancy: 0.5 });
    expect(shown({ id: 'a', relevancy: null })).toEqual({});
    expect(shown({ id: 'a', relevancy: 0.5, fields: [{ name: 'relevancy', value: 2 }] })).toEqual({ relevancy: 2 });
  });
});

describe('positions', () => {
  const positionOf = (position: number, firstPosition?: number): unknown => {
    const event = parseEvent({ ...ranking, items: [{ id: 'a', position }] }, { firstPosition });
    return event.event === 'ranking' && event.items[0].position;
  };
  it('begin at 0, whatever the log calls the first', () => {
    expect([positionOf(0), positionOf(3), positionOf(1, 1), positionOf(4, 1)]).toEqual([0, 3, 0, 3]);
    expect(() => positionOf(-1)).toThrow('expected "position" to be a whole number from 0, found -1');
    expect(() => positionOf(0, 1)).toThrow('expected "position" to be a whole number from 1, found 0');
  });
});

it('an interaction needs a list, or a user', () => {
  const click = { event: 'interaction', timestamp: 1, item: 'a', type: 'click' };
  expect(parseEvent({ ...click, user: 'u' })).toMatchObject({ ranking: '', user: 'u' });
  expect(parseEvent({ ...click, ranking: 'r' })).toMatchObject({ ranking: 'r', user: '' });
  expect(() => parseEvent(click)).toThrow('expected "ranking" or "user" in an interaction, found neither');
});

it('names the event that was meant', () => {
  expect(() => parseEvent({ event: 'rankng' })).toThrow('did you mean "ranking"?');
});
