import { expect, it } from 'vitest';
import { meanError } from './mean-clicks-error.ts';

it('is the difference of the means, whichever is larger', () => {
  expect(meanError([1, 2, 3], [2, 2, 5])).toBeCloseTo(1, 12);
  expect(meanError([2, 2, 5], [1, 2, 3])).toBeCloseTo(1, 12);
});

it('sees no error where lists make up for each other, and says nothing without lists', () => {
  expect(meanError([0, 3], [3, 0])).toBe(0);
  expect(meanError([], [])).toBeNaN();
});
