import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRng, type RngState, rngFromState } from './rng.ts';

describe('rngFromState', () => {
  it('gives the published first outputs of xoshiro128** from state 1, 2, 3, 4', () => {
    const rng = rngFromState([1, 2, 3, 4]);
    const outputs = Array.from({ length: 10 }, () => rng.nextUint32());
    expect(outputs).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
    ]);
  });

  it('continues a stored state with the very same numbers', () => {
    const rng = createRng(5);
    for (let i = 0; i < 17; i++) rng.next();
    const stored = JSON.parse(JSON.stringify(rng.state())) as RngState;
    const rest = draw(rng.next, 20);
    expect(draw(rngFromState(stored).next, 20)).toEqual(rest);
  });
});

describe('createRng', () => {
  it('repeats itself for one seed and differs for another, a number or its text', () => {
    expect(draw(createRng(1).next, 8)).toEqual(draw(createRng(1).next, 8));
    const starts = [0, 1, 2, -1, 0.5, '1', 'one', ''].map((seed) => createRng(seed).nextUint32());
    expect(new Set(starts).size).toBe(starts.length);
  });

  it('is uniform: mean, variance and every one of 64 cells near what they should be', () => {
    const values = draw(createRng('uniform').next, 64_000);
    const mean = values.reduce((a, b) => a + b) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    expect(Math.abs(mean - 0.5)).toBeLessThan(5 * Math.sqrt(1 / 12 / values.length));
    expect(Math.abs(variance - 1 / 12)).toBeLessThan(0.002);
    const cells = new Array<number>(64).fill(0);
    for (const value of values) cells[Math.floor(value * 64)]++;
    const chiSquare = cells.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
    // 63 degrees of freedom: above 120 with probability 2e-5, below 25 with 1e-5.
    expect(chiSquare).toBeGreaterThan(25);
    expect(chiSquare).toBeLessThan(120);
  });

  it('neighbouring seeds are unrelated: their first values do not correlate', () => {
    const first = Array.from({ length: 4000 }, (_, seed) => createRng(seed).next() - 0.5);
    let product = 0;
    for (let i = 1; i < first.length; i++) product += first[i] * first[i - 1];
    // The standard deviation of the correlation is 1 / sqrt(4000) = 0.016.
    expect(Math.abs(product / 4000 / (1 / 12))).toBeLessThan(0.08);
  });
});

describe('normal', () => {
  it('has mean 0, variance 1, skew 0 and kurtosis 3', () => {
    const values = draw(createRng(3).normal, 100_000);
    const moment = (power: number): number => values.reduce((sum, value) => sum + value ** power, 0) / values.length;
    expect(moment(1)).toBeCloseTo(0, 1);
    expect(Math.abs(moment(2) - 1)).toBeLessThan(0.02);
    expect(Math.abs(moment(3))).toBeLessThan(0.05);
    expect(Math.abs(moment(4) - 3)).toBeLessThan(0.15);
    expect(values.every(Number.isFinite)).toBe(true);
  });
});

describe('integer', () => {
  it('stays below its bound and reaches every value', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 20 }), (seed, bound) => {
        const seen = new Set<number>();
        const rng = createRng(seed);
        for (let i = 0; i < 40 * bound; i++) seen.add(rng.integer(bound));
        return (
          seen.size === bound && [...seen].every((value) => Number.isInteger(value) && value >= 0 && value < bound)
        );
      }),
    );
  });

  it.each([0, -1, 0.5, Number.NaN, 2 ** 33])('refuses the bound %s', (bound) => {
    expect(() => createRng(0).integer(bound)).toThrow(`bound must be between 1 and 2^32, got ${bound}`);
  });
});

describe('shuffle', () => {
  it('permutes in place, and every order of three comes up equally often', () => {
    const rng = createRng(8);
    const counts = new Map<string, number>();
    for (let i = 0; i < 6000; i++) {
      const values = ['a', 'b', 'c'];
      expect(rng.shuffle(values)).toBe(values);
      counts.set(values.join(''), (counts.get(values.join('')) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    // 1,000 expected with standard deviation 29.
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(145);
  });

  it('works on typed arrays and keeps their values', () => {
    const shuffled = createRng(2).shuffle(Int32Array.from({ length: 100 }, (_, i) => i));
    expect([...shuffled]).not.toEqual([...shuffled].sort((a, b) => a - b));
    expect([...shuffled].sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, i) => i));
  });
});

describe('split', () => {
  it('gives the same child for the same label, and leaves the parent where it was', () => {
    const parent = createRng(4);
    const before = parent.state();
    expect(draw(parent.split('dropout').next, 5)).toEqual(draw(parent.split('dropout').next, 5));
    expect(parent.state()).toEqual(before);
  });

  it('gives different children for different labels, different parents and different moments', () => {
    const parent = createRng(4);
    const first = [parent.split('a'), parent.split('b'), parent.split(1), createRng(5).split('a')];
    parent.next();
    const starts = [...first, parent.split('a')].map((child) => child.nextUint32());
    expect(new Set(starts).size).toBe(starts.length);
  });
});

function draw(next: () => number, count: number): number[] {
  return Array.from({ length: count }, () => next());
}
