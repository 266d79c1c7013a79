import { expect, it } from 'vitest';
import { binRates, quantileBins } from './column-bins.ts';

it('bins hold about as many of the sample each, and repeated values stay together', () => {
  const bin = quantileBins(
    Array.from({ length: 100 }, (_, n) => n),
    4,
  );
  const counts = [0, 0, 0, 0];
  for (let n = 0; n < 100; n++) counts[bin(n)]++;
  expect(counts).toEqual([25, 25, 25, 25]);
  expect([bin(-5), bin(1000)]).toEqual([0, 3]);
  const flags = quantileBins([0, 0, 0, 0, 0, 0, 0, 1, 1, 1], 10);
  expect([flags(0), flags(1)]).toEqual([0, 1]);
  expect(quantileBins([7, 7, 7], 5)(7)).toBe(0);
});

it('the rate of a bin is its clicks by its showings, pulled to the mean by five showings', () => {
  const rate = binRates([0, 0, 1, 1, 1], [1, 1, 0, 0, 1]);
  expect(rate(0)).toBeCloseTo((2 + 5 * 0.6) / 7, 12);
  expect(rate(1)).toBeCloseTo((1 + 5 * 0.6) / 8, 12);
  expect(rate(9)).toBeCloseTo(0.6, 12);
});
