import fc from 'fast-check';
import { expect, it } from 'vitest';
import { correlation } from './correlation.ts';

it('agrees with a worked example', () => {
  // Deviations from the means 3 and 2.6: products sum to 3, squares to 10 and 5.2.
  expect(correlation([1, 2, 3, 4, 5], [2, 1, 4, 3, 3])).toBeCloseTo(4 / Math.sqrt(10 * 5.2), 12);
});

it('is 1 of any rising line, -1 of any falling one, and does not mind units', () => {
  const numbers = fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { minLength: 3, maxLength: 20 });
  fc.assert(
    fc.property(numbers, fc.integer({ min: 1, max: 50 }), fc.integer({ min: -50, max: 50 }), (x, slope, start) => {
      fc.pre(Math.max(...x) - Math.min(...x) > 1e-3);
      expect(
        correlation(
          x,
          x.map((value) => slope * value + start),
        ),
      ).toBeCloseTo(1, 6);
      expect(
        correlation(
          x,
          x.map((value) => start - slope * value),
        ),
      ).toBeCloseTo(-1, 6);
    }),
  );
});

it('is undefined where nothing varies', () => {
  expect(correlation([1, 1, 1], [1, 2, 3])).toBeNaN();
  expect(correlation([], [])).toBeNaN();
  expect(() => correlation([1], [1, 2])).toThrow(/as many x as y/);
});
