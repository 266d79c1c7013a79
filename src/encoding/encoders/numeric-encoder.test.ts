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

  const prices = Array.from({ length: 300 }, (_, at) => 40 + ((at * 37) % 300) ** 2 / 20);
  const encodedOf = (values: readonly number[]): number[] => {
    const encoder = fitNumeric(values);
    return values.map((value) => encodeNumber(encoder, value));
  };
  const skewed = prices.map((_, at) => Math.exp(at / 40));

  it.each([2 ** -10, 2 ** -40, 2 ** -900, 2 ** 900])('a unit does not matter: values times %d', (unit) => {
    for (const values of [prices, prices.map((value) => -value), prices.map((value) => value - 2000)]) {
      const expected = encodedOf(values);
      for (const [at, value] of encodedOf(values.map((value) => value * unit)).entries())
        expect(value).toBeCloseTo(expected[at], 9);
    }
  });

  it('takes the logarithm of what is skewed in any unit, and not of what is not', () => {
    for (const unit of [1, 1e-6, 1e-12, 1e-200, 1e200]) {
      expect(fitNumeric(skewed.map((value) => value * unit)).log, `${unit}`).toBe(true);
      expect(fitNumeric(prices.map((value) => value * unit)).log, `${unit}`).toBe(false);
    }
  });

  it.each([
    (value: number) => value * 1e-12,
    (value: number) => value * 1e-300,
    (value: number) => value + 1e13,
    (value: number) => -1e13 - value,
    (value: number) => value * 1e-12 + 1,
  ])('keeps every step in a unit or at a distance that hides it: %s', (move) => {
    for (const values of [prices, skewed]) {
      const moved = [...new Set(values.map(move))].sort((a, b) => a - b);
      expect(moved.length).toBeGreaterThan(250);
      const encoded = encodedOf(moved);
      for (let at = 1; at < encoded.length; at++) expect(encoded[at]).toBeGreaterThan(encoded[at - 1]);
      expect(encoded[encoded.length - 1] - encoded[0]).toBeGreaterThan(2);
    }
  });

  it('takes rounding noise of a constant for no spread', () => {
    expect(encodedOf([0.3, 0.1 + 0.2, 0.3]).every((value) => value === 0)).toBe(true);
    expect(encodedOf([1e-13, 1e-13 * (1 + Number.EPSILON)]).every((value) => value === 0)).toBe(true);
  });

  it('encodes what stands beside an absurd value as without it, and clips that', () => {
    for (const unit of [1, 1e-12]) {
      const values = prices.map((value) => value * unit);
      const encoder = fitNumeric([...values, 1e308, -1e300]);
      expect(values.map((value) => encodeNumber(encoder, value))).toEqual(encodedOf(values));
      expect(encodeNumber(encoder, 1e308)).toBe(5);
      expect(encodeNumber(encoder, -1e300)).toBe(-5);
      expect(encoder.extremes).toMatchObject({ count: 2, largest: 1e308 });
    }
  });

  it('fits ordinary values as they are', () => {
    for (const values of [prices, skewed, prices.map((value) => value / 1000), prices.map((value) => value + 1e9)]) {
      const { extremes, scale, ...plain } = fitNumeric(values);
      expect({ extremes, scale }).toEqual({});
      expect(Object.keys(plain)).toEqual(['log', 'mean', 'deviation']);
    }
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
