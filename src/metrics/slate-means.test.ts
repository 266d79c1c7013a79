import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hitRateAt } from './hit-rate.ts';
import { mrr } from './mrr.ts';
import { ndcgAt } from './ndcg.ts';
import { recallAt } from './recall-at.ts';
import type { ScoredSlates } from './slate-means.ts';

/** Three slates: clicks at ranks 2 and 4 of four; no click; a click at rank 1 of two. */
const slates: ScoredSlates = {
  offsetsB: [0, 4, 7, 9],
  scoreS: [0.1, 0.9, 0.7, 0.3, 5, 6, 7, -1, -2],
  labelS: [1, 0, 1, 0, 0, 0, 0, 1, 0],
};

describe('ranking metrics', () => {
  it('are worked by hand on slates of unequal length, the one without a click left out and counted', () => {
    const counts = { slates: 2, withoutClick: 1 };
    const gain = 1 / Math.log2(3) + 1 / Math.log2(5);
    const ideal = 1 + 1 / Math.log2(3);
    expect(ndcgAt(slates, 10)).toEqual({ value: (gain / ideal + 1) / 2, ...counts });
    expect(ndcgAt(slates, 2)).toEqual({ value: (1 / Math.log2(3) / ideal + 1) / 2, ...counts });
    expect(mrr(slates)).toEqual({ value: (1 / 2 + 1) / 2, ...counts });
    expect(hitRateAt(slates, 1)).toEqual({ value: 1 / 2, ...counts });
    expect(hitRateAt(slates, 2)).toEqual({ value: 1, ...counts });
    expect(recallAt(slates, 2)).toEqual({ value: (1 / 2 + 1) / 2, ...counts });
  });

  it('are NaN when no slate has a click, and of nothing', () => {
    expect(ndcgAt({ offsetsB: [0, 1], scoreS: [1], labelS: [0] }, 5)).toEqual({
      value: Number.NaN,
      slates: 0,
      withoutClick: 1,
    });
    expect(mrr({ offsetsB: [], scoreS: [], labelS: [] })).toEqual({ value: Number.NaN, slates: 0, withoutClick: 0 });
    expect(mrr({ offsetsB: [0, 0], scoreS: [], labelS: [] })).toEqual({
      value: Number.NaN,
      slates: 0,
      withoutClick: 1,
    });
  });

  it('are 1 for the ideal order of any slate with a click, and never lower for a better order', () => {
    const labels = fc
      .array(fc.integer({ min: 0, max: 1 }), { minLength: 1, maxLength: 12 })
      .filter((list) => list.includes(1));
    fc.assert(
      fc.property(labels, fc.integer({ min: 1, max: 12 }), (labelS, k) => {
        const ideal = { offsetsB: [0, labelS.length], scoreS: labelS, labelS };
        const worst = { ...ideal, scoreS: labelS.map((y) => -y) };
        for (const metric of [ndcgAt, hitRateAt]) {
          expect(metric(ideal, k).value).toBeCloseTo(1, 14);
          expect(metric(worst, k).value).toBeLessThanOrEqual(1);
        }
        const clicks = labelS.reduce((sum, y) => sum + y, 0);
        expect(recallAt(ideal, k).value).toBeCloseTo(Math.min(1, k / clicks), 14);
        expect(mrr(worst).value).toBeCloseTo(1 / (labelS.length - clicks + 1), 14);
      }),
    );
  });
});
