import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bestF1Threshold } from './best-f1-threshold.ts';
import { confusionAt } from './confusion.ts';
import { f1 } from './f1.ts';
import { precision } from './precision.ts';
import { recall } from './recall.ts';

describe('confusionAt', () => {
  it('counts a score equal to the threshold as a predicted click', () => {
    expect(confusionAt([0.2, 0.5, 0.7, 0.9], [1, 1, 0, 1], 0.5)).toEqual({
      truePositives: 2,
      falsePositives: 1,
      falseNegatives: 1,
      trueNegatives: 0,
    });
  });

  it('is undefined at NaN, the threshold that could not be chosen', () => {
    const confusion = confusionAt([1, 2], [0, 1], Number.NaN);
    expect([precision(confusion), recall(confusion), f1(confusion)]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
  });

  it('leaves undefined what nothing was found of, or nothing is to be found', () => {
    const nothing = confusionAt([1, 2], [0, 0], 3);
    expect([precision(nothing), recall(nothing), f1(nothing)]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
  });
});

describe('bestF1Threshold', () => {
  it('no other threshold does better on the same data', () => {
    const row = fc.record({ score: fc.integer({ min: -5, max: 5 }), label: fc.constantFrom(0, 1) });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 30 }), (rows) => {
        const scores = rows.map((r) => r.score / 3);
        const labels = rows.map((r) => r.label);
        const best = bestF1Threshold(scores, labels);
        if (!labels.includes(1)) {
          expect(best).toEqual({ threshold: Number.NaN, f1: Number.NaN });
          return;
        }
        expect(f1(confusionAt(scores, labels, best.threshold))).toBe(best.f1);
        for (const other of scores) expect(f1(confusionAt(scores, labels, other))).toBeLessThanOrEqual(best.f1);
      }),
    );
  });

  it('lies half-way to the next lower score, or on the lowest', () => {
    expect(bestF1Threshold([4, 3, 1], [1, 1, 0])).toEqual({ threshold: 2, f1: 1 });
    expect(bestF1Threshold([4, 3], [1, 1])).toEqual({ threshold: 3, f1: 1 });
  });

  it('separates neighbouring doubles and infinities', () => {
    const next = 1 + Number.EPSILON;
    expect(bestF1Threshold([next, 1], [1, 0])).toEqual({ threshold: next, f1: 1 });
    expect(bestF1Threshold([Infinity, -Infinity], [1, 0])).toEqual({ threshold: Infinity, f1: 1 });
  });
});
