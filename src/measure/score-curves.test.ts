import fc from 'fast-check';
import { expect, it } from 'vitest';
import { rocAuc } from '../metrics/roc-auc.ts';
import { FALSE_SHARES, RECALLS, scoreCurves } from './score-curves.ts';

const of = (valueS: readonly number[], labelS: readonly number[], seed = 1) =>
  scoreCurves({ labelS: Uint8Array.from(labelS) }, [
    { recipe: 'a', seed, scale: 'probability', valueS: Float64Array.from(valueS), threshold: 0.5 },
  ]);
const at = (grid: readonly number[], values: readonly number[] | undefined, share: number): number | undefined =>
  values?.[grid.findIndex((each) => Math.abs(each - share) < 1e-9)];

it('reads off what is reached by hand', () => {
  // Clicks are first, third and fourth of six.
  const curves = of([0.9, 0.8, 0.7, 0.6, 0.5, 0.4], [1, 0, 1, 1, 0, 0]);
  expect(at(FALSE_SHARES, curves?.found, 0)).toBeCloseTo(1 / 3);
  expect(at(FALSE_SHARES, curves?.found, 0.36)).toBe(1);
  expect(at(RECALLS, curves?.precision, 20 / 60)).toBe(1);
  // The second click costs one other item, and so does the third.
  expect(at(RECALLS, curves?.precision, 40 / 60)).toBeCloseTo(2 / 3);
  expect(at(RECALLS, curves?.precision, 1)).toBeCloseTo(3 / 4);
});

it('is chance where all scores are equal', () => {
  const curves = of([0.2, 0.2, 0.2, 0.2], [1, 0, 0, 0]);
  expect(curves?.found).toEqual(FALSE_SHARES.map((share) => expect.closeTo(share, 12)));
  expect(curves?.precision).toEqual(RECALLS.map(() => expect.closeTo(0.25, 12)));
});

it('has ROC AUC below its curve, rises, and begins and ends where it must', () => {
  const items = fc.array(fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 1 })), {
    minLength: 4,
    maxLength: 40,
  });
  fc.assert(
    fc.property(items, (drawn) => {
      const labels = drawn.map(([, label]) => label);
      const scores = drawn.map(([score]) => score / 10);
      const curves = of(scores, labels);
      expect(curves === undefined).toBe(new Set(labels).size < 2);
      if (!curves) return;
      const { found } = curves;
      for (let step = 1; step < found.length; step++)
        expect(found[step]).toBeGreaterThanOrEqual(found[step - 1] - 1e-12);
      expect(found[found.length - 1]).toBe(1);
      let area = 0;
      for (let step = 1; step < found.length; step++)
        area += ((found[step] + found[step - 1]) / 2) * (FALSE_SHARES[step] - FALSE_SHARES[step - 1]);
      // The grid cuts corners: a step of it is at most a thirtieth wide.
      expect(Math.abs(area - rocAuc(scores, labels))).toBeLessThan(1 / 30);
    }),
  );
});

it('is the mean of its seeds', () => {
  const labelS = Uint8Array.of(1, 0, 0, 1);
  const seeds = [
    [4, 3, 2, 1],
    [1, 2, 3, 4],
  ].map((values, seed) => ({
    recipe: 'a',
    seed,
    scale: 'logit' as const,
    valueS: Float64Array.from(values),
    threshold: 0,
  }));
  const both = scoreCurves({ labelS }, seeds);
  const each = seeds.map((seed) => scoreCurves({ labelS }, [seed]));
  expect(both?.found[10]).toBeCloseTo(((each[0]?.found[10] ?? 0) + (each[1]?.found[10] ?? 0)) / 2, 12);
});
