import { describe, expect, it } from 'vitest';
import { exampleComparison } from '../../test/example-comparison.ts';
import { averagePrecision } from '../metrics/average-precision.ts';
import { brierScore } from '../metrics/brier-score.ts';
import { confusionAt } from '../metrics/confusion.ts';
import { f1 } from '../metrics/f1.ts';
import { hitRateAt } from '../metrics/hit-rate.ts';
import { logLossOfLogits, logLossOfProbabilities } from '../metrics/log-loss.ts';
import { isResampled } from '../metrics/metric.ts';
import { metrics } from '../metrics/metrics.ts';
import { mrr } from '../metrics/mrr.ts';
import { ndcgAt } from '../metrics/ndcg.ts';
import { numberUsers } from '../metrics/number-users.ts';
import { weightedValues } from '../metrics/part-statistics.ts';
import { perUserAuc } from '../metrics/per-user-auc.ts';
import { precision } from '../metrics/precision.ts';
import { recall } from '../metrics/recall.ts';
import { recallAt } from '../metrics/recall-at.ts';
import { rocAuc } from '../metrics/roc-auc.ts';
import { probabilitiesOf } from '../metrics/scored-part.ts';
import { createRng } from '../random/rng.ts';
import { drawUsers } from './bootstrap.ts';
import type { Predictions, ShownLists } from './predictions.ts';
import { userStatistics } from './user-statistics.ts';

const { lists, predictions } = exampleComparison();
const RESAMPLED = metrics.all.filter(isResampled).map(({ name }) => name);

/** The slow way: the metrics of the rows themselves, every user's rows repeated as often as drawn, each time as a new user. */
function naiveMetrics(shown: ShownLists, values: Predictions, weightU: Int32Array): Record<string, number> {
  const users = numberUsers(shown.userB);
  const probabilityS = probabilitiesOf(values);
  const value: number[] = [];
  const order: number[] = [];
  const probability: number[] = [];
  const labelS: number[] = [];
  const userS: number[] = [];
  const offsetsB = [0];
  for (let b = 0; b < shown.userB.length; b++) {
    for (let copy = 0; copy < weightU[users.indexB[b]]; copy++) {
      for (let slot = shown.offsets[b]; slot < shown.offsets[b + 1]; slot++) {
        value.push(values.valueS[slot]);
        order.push((values.orderS ?? values.valueS)[slot]);
        probability.push(probabilityS[slot]);
        labelS.push(shown.labelS[slot]);
        userS.push(100 * users.indexB[b] + copy);
      }
      offsetsB.push(value.length);
    }
  }
  const confusion = confusionAt(value, labelS, values.threshold);
  const slates = { offsetsB, scoreS: order, labelS };
  return {
    rocAuc: rocAuc(value, labelS),
    prAuc: averagePrecision(value, labelS),
    f1: f1(confusion),
    precision: precision(confusion),
    recall: recall(confusion),
    logLoss: values.scale === 'logit' ? logLossOfLogits(value, labelS) : logLossOfProbabilities(value, labelS),
    brierScore: brierScore(probability, labelS),
    perUserAuc: perUserAuc(value, labelS, userS).mean,
    ndcgAt5: ndcgAt(slates, 5).value,
    ndcgAt10: ndcgAt(slates, 10).value,
    mrr: mrr(slates).value,
    hitRateAt1: hitRateAt(slates, 1).value,
    hitRateAt5: hitRateAt(slates, 5).value,
    recallAt5: recallAt(slates, 5).value,
    listLogLoss: meanListLogLoss(offsetsB, probability, labelS),
  };
}

/** Clicks independent given the list, in probabilities. */
function meanListLogLoss(
  offsetsB: readonly number[],
  probability: readonly number[],
  labelS: readonly number[],
): number {
  let sum = 0;
  for (let b = 0; b + 1 < offsetsB.length; b++) {
    const slots = Array.from({ length: offsetsB[b + 1] - offsetsB[b] }, (_, k) => offsetsB[b] + k);
    const none = slots.reduce((product, slot) => product * (1 - probability[slot]), 1);
    sum -= Math.log(slots.some((slot) => labelS[slot] === 1) ? 1 - none : none);
  }
  return sum / (offsetsB.length - 1);
}

describe('weightedValues', () => {
  const users = numberUsers(lists.userB);

  it.each(predictions.filter(({ seed }) => seed === 1))('agrees with the repeated rows: $recipe', (system) => {
    const statistics = userStatistics(lists, users, system);
    const rng = createRng(12);
    const everyone = new Int32Array(users.count).fill(1);
    const resamples = [everyone, ...Array.from({ length: 20 }, () => drawUsers(rng, users.count))];
    for (const weightU of resamples) {
      const fast = weightedValues(statistics, weightU);
      const slow = naiveMetrics(lists, system, weightU);
      expect(Object.keys(fast).sort()).toEqual([...RESAMPLED].sort());
      // The areas count whole items, so not a bit may differ.
      expect(fast.rocAuc).toBe(slow.rocAuc);
      expect(fast.prAuc).toBe(slow.prAuc);
      for (const id of RESAMPLED) expect(fast[id]).toBeCloseTo(slow[id], 12);
    }
  });

  it('is undefined, not wrong, for a resample without a click', () => {
    const shown = { offsets: Int32Array.of(0, 2, 4), labelS: Uint8Array.of(0, 0, 1, 0), userB: Int32Array.of(5, 9) };
    const system = { recipe: 'a', seed: 1, scale: 'logit', valueS: Float32Array.of(1, 2, 3, 4), threshold: 9 } as const;
    const statistics = userStatistics(shown, numberUsers(shown.userB), system);
    const metrics = weightedValues(statistics, Int32Array.of(2, 0));
    for (const id of ['rocAuc', 'prAuc', 'precision', 'recall', 'f1', 'perUserAuc', 'ndcgAt10', 'mrr'] as const) {
      expect(metrics[id]).toBeNaN();
    }
    expect(metrics.logLoss).toBeCloseTo(logLossOfLogits([1, 2], [0, 0]), 14);
  });
});

describe('numberUsers', () => {
  it('closes the gaps in the order of first impressions', () => {
    expect(numberUsers(Int32Array.of(70, 3, 70, 12, 3))).toEqual({ count: 3, indexB: Int32Array.of(0, 1, 0, 2, 1) });
  });
});
