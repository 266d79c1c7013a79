import { describe, expect, it } from 'vitest';
import { CLICK_LOSS, type CurveLosses, curveSeries, type LearningCurve, recipesOf } from './learning-curve.ts';
import { overfittingRows } from './overfitting.ts';

function curve(recipe: string, seed: number, train: number[], validation: number[], keptEpoch: number): LearningCurve {
  const losses = (logLoss: number): CurveLosses =>
    recipe === 'multi'
      ? { total: logLoss + 7, terms: { choice: 14 }, logLoss }
      : { total: logLoss, terms: { bce: logLoss }, logLoss };
  return {
    ...{ recipe, seed, keptEpoch },
    epochs: train.map((loss, e) => ({
      epoch: e + 1,
      train: losses(loss),
      validation: losses(validation[e]),
      metric: validation[e],
    })),
  };
}

const curves = [
  curve('alone', 1, [0.5, 0.4, 0.3, 0.1], [0.6, 0.5, 0.7, 0.9], 2),
  curve('alone', 2, [0.5, 0.3, 0.2], [0.6, 0.4, 0.5], 2),
  curve('multi', 1, [0.5, 0.4], [0.6, 0.5], 2),
];

it('names recipes in the order of their curves', () => {
  expect(recipesOf(curves)).toEqual(['alone', 'multi']);
  expect(recipesOf([])).toEqual([]);
});

describe('curveSeries', () => {
  it('reads a term, the total or the log loss of clicks over the epochs', () => {
    expect(curveSeries(curves[2], 'total')).toEqual({ epochs: [1, 2], train: [7.5, 7.4], validation: [7.6, 7.5] });
    expect(curveSeries(curves[2], 'choice').train).toEqual([14, 14]);
    expect(curveSeries(curves[2], CLICK_LOSS)).toEqual({ epochs: [1, 2], train: [0.5, 0.4], validation: [0.6, 0.5] });
    expect(curveSeries(curves[2], 'bce').train).toEqual([Number.NaN, Number.NaN]);
  });
});

describe('overfittingRows', () => {
  it('compare recipes without a common term on the log loss: means over seeds of gaps and of the rise after the lowest validation loss', () => {
    const [alone, multi] = overfittingRows(curves);
    const near = (value: number): unknown => expect.closeTo(value, 12);
    expect(alone).toEqual({
      ...{ recipe: 'alone', loss: 'log', runs: 2, keptEpoch: 2, lastEpoch: 3.5, lowestEpoch: 2 },
      trainAtKept: near(0.35),
      validationAtKept: near(0.45),
      gapAtKept: near(0.1),
      gapAtLast: near((0.8 + 0.3) / 2),
      lowestValidation: near(0.45),
      rise: near((0.4 + 0.1) / 2),
      fallMeanwhile: near((0.3 + 0.1) / 2),
    });
    expect(multi).toMatchObject({ loss: 'log', rise: 0, lastEpoch: 2 });
  });

  it('leave out recipes without an epoch', () => {
    expect(overfittingRows([{ recipe: 'a', seed: 1, epochs: [], keptEpoch: 0 }])).toEqual([]);
  });
});
