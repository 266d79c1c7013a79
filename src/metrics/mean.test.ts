import { expect, it } from 'vitest';
import { mean } from './mean.ts';

it('is the mean of a list or a typed array, and of nothing none', () => {
  expect(mean([1, 2, 6])).toBe(3);
  expect(mean(Float64Array.of(-1, 1))).toBe(0);
  expect(mean([])).toBeNaN();
});
