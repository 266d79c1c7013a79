import { expect, it } from 'vitest';
import { encodedDrinks, smallConfig } from '../../../test/encoded-drinks.ts';
import { defineMetric } from '../../metrics/define-metric.ts';
import type { Metric } from '../../metrics/metric.ts';
import { metrics } from '../../metrics/metrics.ts';
import { createModel } from '../../models/model.ts';
import { scorers } from '../../models/scorers.ts';
import { createRng } from '../../random/rng.ts';
import type { EpochRecord } from '../epoch-record.ts';
import { type TrainingResult, trainScorer } from './trainer.ts';
import { isBetter } from './validate.ts';

/** Rises from epoch to epoch, whatever was learned. */
function rising(higherIsBetter: boolean): Metric {
  let epochs = 0;
  return defineMetric({
    ...{ name: 'epochs', title: 'epochs', meaning: 'trainings judged so far', higherIsBetter },
    ofPart: () => ++epochs,
  });
}

/** Three epochs, of which the metric chooses one. */
async function trained(metric: Metric): Promise<TrainingResult> {
  const encoded = await encodedDrinks(120);
  const config = smallConfig('pointwise-bce', { epochs: 3, metric: metric.name });
  const model = createModel(createRng(1), {
    scorer: scorers.named(config.scorer),
    config: { ...config.model, positions: 3, listLength: 3, baseRate: 0.3, slateRate: 0.6 },
    spec: encoded.spec,
  });
  return trainScorer(model, encoded, { config, seed: 7, workers: 1, metrics: metrics.with([metric]) });
}

it('refuses a metric of the caller that has no value in any epoch, and keeps none before the first that has one', async () => {
  let epochs = 0;
  const from = (first: number): Metric =>
    defineMetric({
      ...{ name: 'late', title: 'late', meaning: 'known late', higherIsBetter: true },
      ofPart: () => (++epochs >= first ? 1 : undefined),
    });
  await expect(trained(from(Infinity))).rejects.toThrow(
    expect.objectContaining({
      name: 'InputError',
      code: 'not-enough-data',
      message: expect.stringMatching(/^metric "late": expected a value .* found none in 3 epochs; name another/),
    }),
  );
  epochs = 0;
  expect((await trained(from(2))).keptEpoch).toBe(2);
});

it('lets a metric of the caller choose the epoch, and records it', async () => {
  const [up, down] = [await trained(rising(true)), await trained(rising(false))];
  expect(up.epochs.map((record) => record.metrics.epochs)).toEqual([1, 2, 3]);
  expect([up.keptEpoch, down.keptEpoch]).toEqual([3, 1]);
  for (const name of ['logLoss', 'rocAuc', 'ndcgAt10'] as const) expect(up.epochs[0].metrics[name]).toBeGreaterThan(0);
});

it('knows for each metric whether more is better', () => {
  const record = (value: number): EpochRecord =>
    ({ metrics: { logLoss: value, prAuc: value, mrr: value } }) as unknown as EpochRecord;
  expect(isBetter(metrics.named('logLoss'), record(1), record(2))).toBe(true);
  expect(isBetter(metrics.named('prAuc'), record(1), record(2))).toBe(false);
  expect(isBetter(metrics.named('mrr'), record(2), record(1))).toBe(true);
  // Undefined is better than nothing else.
  expect(isBetter(metrics.named('mrr'), record(Number.NaN), record(1))).toBe(false);
  expect(isBetter(metrics.named('mrr'), record(Number.NaN), undefined)).toBe(true);
  expect(isBetter(metrics.named('mrr'), record(0), record(Number.NaN))).toBe(true);
  expect(isBetter(metrics.named('mrr'), record(Number.NaN), record(Number.NaN))).toBe(false);
});
