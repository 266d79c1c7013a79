import { expect, it } from 'vitest';
import { wholeNumberOrRange } from './options.ts';

const parse = wholeNumberOrRange(1);

it('reads a number, or a range of numbers', () => {
  expect(parse('10')).toBe(10);
  expect(parse('3-10')).toEqual({ from: 3, to: 10 });
  expect(parse('4-4')).toEqual({ from: 4, to: 4 });
});

it.each(['0', '-3', '3-', '10-3', '0-4', '1-2-3', '2.5', 'ten', '', '3 - 4'])(
  'refuses "%s", and says what it takes',
  (text) => {
    expect(() => parse(text)).toThrow(/whole number from 1, or a range such as 3-10/);
  },
);
