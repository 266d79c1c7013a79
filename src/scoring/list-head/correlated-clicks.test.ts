import { describe, expect, it } from 'vitest';
import { createRng } from '../../random/rng.ts';
import { anyClickLogit, LARGEST_SPREAD } from './correlated-clicks.ts';

const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));

/** The same by Simpson's rule on a fine grid, in probabilities. */
function anyClickBySimpson(logitsK: readonly number[], spread: number): number {
  const gain = Math.sqrt(1 + (Math.PI * spread ** 2) / 8);
  const [from, to, steps] = [-9, 9, 4000];
  let none = 0;
  for (let n = 0; n <= steps; n++) {
    const u = from + ((to - from) * n) / steps;
    const weight = n === 0 || n === steps ? 1 : n % 2 === 1 ? 4 : 2;
    const density = Math.exp((-u * u) / 2) / Math.sqrt(2 * Math.PI);
    none += weight * density * logitsK.reduce((product, z) => product * (1 - sigmoid(gain * z + spread * u)), 1);
  }
  return 1 - (none * (to - from)) / (3 * steps);
}

describe('the chance of any click where clicks come together', () => {
  it.each([
    [0.1, 5],
    [0.7, 5],
    [1.5, 5],
    [LARGEST_SPREAD, 3],
  ])('is the integral over the shared factor, spread %d to %d digits', (spread, digits) => {
    const rng = createRng(3);
    for (const K of [1, 2, 6, 24]) {
      const logitsK = Array.from({ length: K }, () => 2 * rng.normal() - 2);
      expect(sigmoid(anyClickLogit(logitsK, spread))).toBeCloseTo(anyClickBySimpson(logitsK, spread), digits);
    }
  });

  it('is 1 - prod(1 - p) where clicks are independent, and less the more they come together', () => {
    const logitsK = [-1, -2, 0.5];
    const independent = 1 - logitsK.reduce((none, z) => none * (1 - sigmoid(z)), 1);
    expect(sigmoid(anyClickLogit(logitsK, 0))).toBeCloseTo(independent, 12);
    const chances = [0, 0.5, 1, 2, 3].map((spread) => anyClickLogit(logitsK, spread));
    expect(chances).toEqual(chances.toSorted((a, b) => b - a));
  });

  it('leaves a list of one item nearly its own probability', () => {
    for (const z of [-4, -2, -0.5, 0, 1.5])
      for (const spread of [0.3, 0.8, 1.5]) expect(sigmoid(anyClickLogit([z], spread))).toBeCloseTo(sigmoid(z), 1);
  });

  it('is the same as from one softplus an item, for likely, unlikely and unheard-of items, in short and long lists', () => {
    const softplus = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    // Spread 0: one term for each item.
    const logitOf = (logits: readonly number[]): number => {
      const none = -logits.reduce((sum, z) => sum + softplus(z), 0);
      return Math.log(-Math.expm1(none)) - none;
    };
    const rng = createRng(8);
    for (const size of [1, 10, 1000])
      for (const middle of [-25, -9.3, -4, 0, 20, 190, 300]) {
        const logitsK = Array.from({ length: size }, () => middle + 3 * rng.normal());
        const expected = logitOf(logitsK);
        expect(Math.abs(anyClickLogit(logitsK, 0) - expected)).toBeLessThan(1e-9 * Math.max(1, Math.abs(expected)));
      }
  });

  it('is finite for logits beyond all measure, and none on an empty list', () => {
    for (const z of [-1e4, 1e4])
      for (const spread of [0, 1, 3]) expect(anyClickLogit([z, z], spread)).toSatisfy(Number.isFinite);
    expect(anyClickLogit([-1e4], 1)).toBeLessThan(-20);
    expect(anyClickLogit([1e4], 1)).toBeGreaterThan(20);
    expect(anyClickLogit([], 1)).toBe(Number.NEGATIVE_INFINITY);
  });
});
