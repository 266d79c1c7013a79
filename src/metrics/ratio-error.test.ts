import { expect, it } from 'vitest';
import { createRng } from '../random/rng.ts';
import { ratioError, squaresAbout } from './ratio-error.ts';

it('is 0 where every user has the same ratio', () => {
  const sums = { sumU: [1, 2, 3], countU: [2, 4, 6] };
  expect(squaresAbout(0.5, sums)).toBe(0);
  expect(ratioError(0.5, sums)).toBe(0);
});

it('is that of a mean where every user counts once', () => {
  // Variance 5/3, of a mean of four 5/12.
  expect(ratioError(2.5, { sumU: [1, 2, 3, 4], countU: [1, 1, 1, 1] })).toBeCloseTo(Math.sqrt(5 / 12), 12);
});

it('is the deviation of the ratio over logs, where users differ in how much they have', () => {
  const rng = createRng('ratio');
  const [ratios, errors]: [number[], number[]] = [[], []];
  for (let log = 0; log < 2000; log++) {
    const countU = Array.from({ length: 60 }, () => 1 + Math.floor(9 * rng.next()));
    const sumU = countU.map((count) => count * (0.3 + 0.2 * rng.normal()));
    const ratio = sumU.reduce((sum, one) => sum + one, 0) / countU.reduce((sum, one) => sum + one, 0);
    ratios.push(ratio);
    errors.push(ratioError(ratio, { sumU, countU }));
  }
  const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length;
  const deviation = Math.sqrt(mean(ratios.map((ratio) => (ratio - mean(ratios)) ** 2)));
  expect(mean(errors) / deviation).toBeGreaterThan(0.94);
  expect(mean(errors) / deviation).toBeLessThan(1.04);
});
