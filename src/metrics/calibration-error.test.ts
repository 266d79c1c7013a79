import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { equalMassBins, expectedCalibrationError } from './calibration-error.ts';

describe('equalMassBins', () => {
  it('puts as many items in each bin, lowest probabilities first', () => {
    expect([...equalMassBins([0.6, 0.1, 0.5, 0.2, 0.4, 0.3], 3)]).toEqual([2, 0, 2, 0, 1, 1]);
    const counts = new Array<number>(15).fill(0);
    const probabilities = Array.from({ length: 1000 }, (_, i) => ((i * 379) % 1000) / 1000);
    for (const bin of equalMassBins(probabilities, 15)) counts[bin]++;
    expect(Math.min(...counts)).toBeGreaterThanOrEqual(66);
    expect(Math.max(...counts)).toBeLessThanOrEqual(67);
  });

  it('keeps equal probabilities together', () => {
    expect([...equalMassBins([0.1, 0.1, 0.1, 0.1, 0.9], 4)]).toEqual([1, 1, 1, 1, 3]);
  });

  it.each([0, 2.5, Number.NaN])('refuses %s bins', (bins) => {
    expect(() => equalMassBins([0.1], bins)).toThrow(`must be a positive integer, got ${bins}`);
  });
});

describe('expectedCalibrationError', () => {
  it('is the weighted gap of the bins, worked by hand', () => {
    // Bins {.1, .2}: mean .15, rate .5, gap .35. {.6, .9}: mean .75, rate 1, gap .25.
    expect(expectedCalibrationError([0.9, 0.1, 0.6, 0.2], [1, 1, 1, 0], 2)).toBeCloseTo(0.3, 14);
  });

  it('is the gap to the click rate for a constant probability', () => {
    expect(expectedCalibrationError([0.4, 0.4, 0.4, 0.4], [1, 0, 0, 0])).toBeCloseTo(0.15, 14);
  });

  it('does not depend on the order of the input', () => {
    const rows = fc.array(fc.record({ p: fc.integer({ min: 0, max: 8 }), y: fc.constantFrom(0, 1) }), { minLength: 2 });
    fc.assert(
      fc.property(rows, (list) => {
        const error = (some: typeof list): number =>
          expectedCalibrationError(
            some.map(({ p }) => p / 8),
            some.map(({ y }) => y),
            4,
          );
        expect(error([...list].reverse())).toBeCloseTo(error(list), 13);
      }),
    );
  });

  it('with one bin for everything is the difference of the means; NaN of nothing', () => {
    expect(expectedCalibrationError([0.2, 0.4], [1, 0], 1)).toBeCloseTo(0.2, 15);
    expect(expectedCalibrationError([], [])).toBeNaN();
  });
});
