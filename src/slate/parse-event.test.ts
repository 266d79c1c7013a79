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
    [Date.UTC(2200) - 1, Date.UTC(2200) - 1],
  ])('%j is taken as %i milliseconds', (given, time) => {
    expect(timeOf(given)).toBe(time);
  });

  it.each([
    [
      1_700_000_000_000_000,
      'expected "timestamp" in milliseconds, before the year 2200, found 1700000000000000; it looks like microseconds: divide by 1,000',
    ],
    [
      '1700000000000000000',
      'expected "timestamp" in milliseconds, before the year 2200, found "1700000000000000000"; it looks like nanoseconds: divide by 1,000,000',
    ],
    [Date.UTC(2200), 'found 7258118400000; it looks like microseconds: divide by 1,000'],
    [1e30, 'found 1e+30; give milliseconds since 1970'],
    ['', 'expected "timestamp" in milliseconds, found ""'],
    [' ', 'expected "timestamp" in milliseconds, found " "'],
    ['Infinity', 'expected "timestamp" in milliseconds, found "Infinity"'],
    ['2021-11-14', 'expected "timestamp" in milliseconds, found "2021-11-14"'],
    [-1, 'expected "timestamp" in milliseconds, found -1'],
    [null, 'expected "timestamp" in milliseconds, found null'],
    [undefined, 'expected "timestamp" in milliseconds, found nothing'],
  ])('%j is rejected with a sentence', (given, sentence) => {
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
