import { describe, expect, it } from 'vitest';
import { timeFault } from './times.ts';

const NOW = Date.UTC(2026, 0, 1);

describe('a time from code', () => {
  it.each([0, 5, NOW, Date.UTC(2200, 0, 1) - 1])('%d is one', (time) => expect(timeFault(time)).toBeUndefined());

  it.each<[unknown, string, string | undefined]>([
    [-5, 'such as Date.now()', undefined],
    [undefined, 'such as Date.now()', undefined],
    [Number.NaN, 'such as Date.now()', undefined],
    ['5', 'such as Date.now()', undefined],
    [NOW * 1e3, 'before the year 2200', 'microseconds: divide by 1,000'],
    [NOW * 1e6, 'before the year 2200', 'nanoseconds: divide by 1,000,000'],
    [1e300, 'before the year 2200', 'give milliseconds'],
    [NOW + 0.5, 'in whole milliseconds', 'round it down'],
  ])('%s is none', (time, expected, remedy) => {
    const fault = timeFault(time);
    expect(fault?.expected).toContain(expected);
    if (remedy === undefined) expect(fault?.remedy).toBeUndefined();
    else expect(fault?.remedy).toContain(remedy);
  });
});
