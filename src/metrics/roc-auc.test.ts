import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { averagePrecision, averagePrecisionOfSteps } from './average-precision.ts';
import { clickSteps, countingRoom, countWeighted } from './click-steps.ts';
import { rocAuc, rocAucOfSteps } from './roc-auc.ts';
import { sortLabels } from './sorted-labels.ts';

const row = fc.record({
  score: fc.integer({ min: -4, max: 4 }),
  label: fc.constantFrom(0, 1),
  unit: fc.integer({ min: 0, max: 3 }),
});

/** Every pair of a clicked and another item, by the definition. */
function pairwiseAuc(scores: readonly number[], labels: readonly number[]): number {
  let wins = 0;
  let pairs = 0;
  for (let i = 0; i < scores.length; i++) {
    for (let j = 0; j < scores.length; j++) {
      if (labels[i] !== 1 || labels[j] !== 0) continue;
      pairs++;
      wins += scores[i] > scores[j] ? 1 : scores[i] === scores[j] ? 0.5 : 0;
    }
  }
  return wins / pairs;
}

describe('rocAuc', () => {
  it('is the share of pairs in the right order, ties one half', () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 40 }), (rows) => {
        const scores = rows.map((r) => r.score);
        const labels = rows.map((r) => r.label);
        const expected = pairwiseAuc(scores, labels);
        if (Number.isNaN(expected)) expect(rocAuc(scores, labels)).toBeNaN();
        else expect(rocAuc(scores, labels)).toBeCloseTo(expected, 14);
      }),
    );
  });

  it('is exactly one half for a constant score, and NaN with one class or nothing', () => {
    expect(rocAuc([7, 7, 7, 7], [0, 1, 0, 0])).toBe(0.5);
    expect(rocAuc([1, 2], [1, 1])).toBeNaN();
    expect(rocAuc([1, 2], [0, 0])).toBeNaN();
    expect(rocAuc([], [])).toBeNaN();
  });

  it('refuses lengths that differ and labels that are neither 0 nor 1', () => {
    expect(() => rocAuc([1, 2], [1])).toThrow('got 1 and 2');
    expect(() => rocAuc([1, 2], [1, -1])).toThrow('got -1 at index 1');
  });
});

describe('averagePrecision', () => {
  it('is the mean precision at each click when no scores tie', () => {
    // Ranks of the clicks: 1, 3, 4; precision there 1, 2/3, 3/4.
    expect(averagePrecision([9, 8, 7, 6, 5], [1, 0, 1, 1, 0])).toBeCloseTo((1 + 2 / 3 + 3 / 4) / 3, 15);
  });

  it('is the click rate for a constant score, and NaN without a click', () => {
    expect(averagePrecision([0, 0, 0, 0], [0, 1, 0, 0])).toBe(0.25);
    expect(averagePrecision([1, 2], [0, 0])).toBeNaN();
  });
});

describe('weights of units', () => {
  it('give bitwise what the data set with repeated units gives', () => {
    const weights = fc.tuple(fc.nat(3), fc.nat(3), fc.nat(3), fc.nat(3));
    fc.assert(
      fc.property(fc.array(row, { maxLength: 40 }), weights, (rows, weightU) => {
        const steps = clickSteps(
          sortLabels(
            rows.map((r) => r.score),
            rows.map((r) => r.label),
          ),
        );
        const unitS = Int32Array.from(steps.slotS, (slot) => rows[slot].unit);
        const counts = countingRoom(steps);
        countWeighted(steps, { unitS, weightU: Int32Array.from(weightU) }, counts);
        const repeated = rows.flatMap((r) => new Array<typeof r>(weightU[r.unit]).fill(r));
        const scores = repeated.map((r) => r.score);
        const labels = repeated.map((r) => r.label);
        expect(rocAucOfSteps(counts)).toBe(rocAuc(scores, labels));
        expect(averagePrecisionOfSteps(counts)).toBe(averagePrecision(scores, labels));
      }),
    );
  });
});
