import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { brierScore } from './brier-score.ts';
import { logLossOfLogits, logLossOfProbabilities } from './log-loss.ts';

describe('logLossOfLogits', () => {
  it('is exact at logits of 1e4 and beyond, where exp overflows', () => {
    expect(logLossOfLogits([1e4], [1])).toBe(0);
    expect(logLossOfLogits([1e4], [0])).toBe(1e4);
    expect(logLossOfLogits([-1e4], [0])).toBe(0);
    expect(logLossOfLogits([-1e4, -1e300], [1, 0])).toBe(5e3);
  });

  it('is the negative log likelihood', () => {
    fc.assert(
      fc.property(fc.double({ min: -15, max: 15, noNaN: true }), fc.constantFrom(0, 1), (z, y) => {
        const p = 1 / (1 + Math.exp(-z));
        const expected = -Math.log(y === 1 ? p : 1 - p);
        expect(logLossOfLogits([z], [y])).toBeCloseTo(expected, 8);
        expect(logLossOfProbabilities([p], [y])).toBeCloseTo(expected, 8);
      }),
    );
  });

  it('keeps tiny losses that 1 + exp would round away', () => {
    expect(logLossOfLogits([40], [1])).toBeCloseTo(Math.exp(-40), 30);
  });

  it('is lowest, among constants, at the click rate', () => {
    const labels = [1, 0, 0, 0];
    const at = (p: number): number => logLossOfProbabilities([p, p, p, p], labels);
    expect(at(0.25)).toBeLessThan(Math.min(at(0.24), at(0.26)));
  });

  it('is NaN of nothing', () => {
    expect(logLossOfLogits([], [])).toBeNaN();
    expect(logLossOfProbabilities([], [])).toBeNaN();
  });
});

describe('logLossOfProbabilities', () => {
  it('costs a certain mistake 34.5 nats, not infinity, and a certain truth nothing', () => {
    expect(logLossOfProbabilities([0], [1])).toBeCloseTo(34.5388, 4);
    expect(logLossOfProbabilities([1], [0])).toBeCloseTo(34.5388, 1);
    expect(logLossOfProbabilities([0, 1], [0, 1])).toBe(0);
  });
});

describe('brierScore', () => {
  it('is the mean squared error of the probabilities', () => {
    expect(brierScore([0.1, 0.8, 1], [0, 1, 0])).toBeCloseTo((0.01 + 0.04 + 1) / 3, 15);
    expect(brierScore([], [])).toBeNaN();
  });
});
