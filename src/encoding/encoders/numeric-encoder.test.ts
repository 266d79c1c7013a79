import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeNumber, fitNumeric } from './numeric-encoder.ts';

describe('numeric encoder', () => {
  it('standardises', () => {
    const encoder = fitNumeric([1, 2, 3, 4]);
    expect(encoder).toMatchObject({ log: false, mean: 2.5 });
    expect(encodeNumber(encoder, 4)).toBeCloseTo(1.5 / Math.sqrt(1.25), 12);
  });

  it('takes a signed logarithm where the values are skewed', () => {
    const values = [-1, 0, 0, 0, 1, 1, 1, 10, 10, 100_000];
    const encoder = fitNumeric(values);
    const logs = values.map((value) => Math.sign(value) * Math.log(1 + Math.abs(value)));
    const mean = logs.reduce((sum, value) => sum + value) / 10;
    const deviation = Math.sqrt(logs.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 10);
    expect(encoder.log).toBe(true);
    expect(encodeNumber(encoder, 100_000)).toBeCloseTo((Math.log(100_001) - mean) / deviation, 12);
    expect(encodeNumber(encoder, -1)).toBeCloseTo((-Math.log(2) - mean) / deviation, 12);
  });

  it('puts a missing value at the mean, and clips what lies far out', () => {
    const encoder = fitNumeric([1, 2, 3, 4]);
    expect(encodeNumber(encoder, undefined)).toBe(0);
    expect(encodeNumber(encoder, 1e300)).toBe(5);
    expect(encodeNumber(encoder, -1e300)).toBe(-5);
  });

  it('learns nothing from a constant, nor from no value at all', () => {
    expect(encodeNumber(fitNumeric([0.1, 0.1, 0.1]), 7)).toBe(0);
    expect(encodeNumber(fitNumeric([]), 7)).toBe(0);
  });

  it('copes with values whose powers overflow', () => {
    const encoder = fitNumeric([1e308, 1e308, -1e308, 1]);
    for (const value of [1e308, -1e308, 0, 1]) expect(Number.isFinite(encodeNumber(encoder, value))).toBe(true);
    expect(encodeNumber(encoder, 1e308)).toBeGreaterThan(encodeNumber(encoder, 1));
  });

  it('keeps the order of values', () => {
    const numbers = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 2, maxLength: 30 });
    fc.assert(
      fc.property(numbers, (values) => {
        const encoder = fitNumeric(values);
        const encoded = values.toSorted((a, b) => a - b).map((value) => encodeNumber(encoder, value));
        for (let at = 1; at < encoded.length; at++) expect(encoded[at]).toBeGreaterThanOrEqual(encoded[at - 1]);
      }),
    );
  });
});
