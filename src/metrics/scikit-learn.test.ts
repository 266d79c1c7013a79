import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { averagePrecision } from './average-precision.ts';
import { bestF1Threshold } from './best-f1-threshold.ts';
import { brierScore } from './brier-score.ts';
import { confusionAt } from './confusion.ts';
import { f1 } from './f1.ts';
import { hitRateAt } from './hit-rate.ts';
import { logLossOfLogits, logLossOfProbabilities } from './log-loss.ts';
import { metrics } from './metrics.ts';
import { mrr } from './mrr.ts';
import { ndcgAt } from './ndcg.ts';
import { numberUsers } from './number-users.ts';
import { partStatistics, valuesOfPart } from './part-statistics.ts';
import { perUserAuc } from './per-user-auc.ts';
import { precision } from './precision.ts';
import { recall } from './recall.ts';
import { recallAt } from './recall-at.ts';
import { rocAuc } from './roc-auc.ts';

interface FixtureCase {
  readonly name: string;
  readonly size: number;
  readonly logits: readonly number[];
  readonly labels: readonly number[];
  readonly users: readonly number[];
  readonly threshold: number;
  readonly expected: Readonly<Record<string, number>> & { readonly ndcgAt: Readonly<Record<string, number>> };
}

const fixture = JSON.parse(readFileSync(new URL('fixtures/scikit-learn.json', import.meta.url), 'utf8')) as {
  /** What was not computed by the function of scikit-learn with that name: by what instead. */
  readonly sources: Readonly<Record<string, string>>;
  readonly cases: readonly FixtureCase[];
};

/** What the fixture calls a metric of the tables, where that is not its name. */
const recordedNames: Readonly<Record<string, string>> = {
  prAuc: 'averagePrecision',
  ndcgAt5: 'ndcgAt.5',
  ndcgAt10: 'ndcgAt.10',
};

describe.each(fixture.cases)('agreement with scikit-learn: $name', (recorded) => {
  const { logits, labels, expected } = recorded;
  const probabilities = logits.map((z) => 1 / (1 + Math.exp(-z)));

  it('area metrics, on logits and on probabilities', () => {
    for (const scores of [logits, probabilities]) {
      expect(rocAuc(scores, labels)).toBeCloseTo(expected.rocAuc, 12);
      expect(averagePrecision(scores, labels)).toBeCloseTo(expected.averagePrecision, 12);
    }
  });

  it('log loss and Brier score', () => {
    expect(logLossOfLogits(logits, labels)).toBeCloseTo(expected.logLoss, 12);
    expect(logLossOfProbabilities(probabilities, labels)).toBeCloseTo(expected.logLoss, 12);
    expect(brierScore(probabilities, labels)).toBeCloseTo(expected.brierScore, 12);
  });

  it('precision, recall and F1 at a threshold, and the best F1', () => {
    const confusion = confusionAt(logits, labels, recorded.threshold);
    expect(precision(confusion)).toBeCloseTo(expected.precision, 12);
    expect(recall(confusion)).toBeCloseTo(expected.recall, 12);
    expect(f1(confusion)).toBeCloseTo(expected.f1, 12);
    const best = bestF1Threshold(logits, labels);
    expect(best.f1).toBeCloseTo(expected.bestF1, 12);
    expect(f1(confusionAt(logits, labels, best.threshold))).toBe(best.f1);
  });

  it('per-user AUC', () => {
    const userS = logits.map((_, slot) => recorded.users[Math.floor(slot / recorded.size)]);
    const { mean, weighted } = perUserAuc(logits, labels, userS);
    expect(mean).toBeCloseTo(expected.perUserAuc, 12);
    expect(weighted).toBeCloseTo(expected.perUserAucWeighted, 12);
  });

  it('NDCG, ties averaged, and the count of slates without a click', () => {
    const offsetsB = Array.from({ length: logits.length / recorded.size + 1 }, (_, b) => b * recorded.size);
    for (const k of [1, 5, 10]) {
      const { value, withoutClick } = ndcgAt({ offsetsB, scoreS: logits, labelS: labels }, k);
      expect(withoutClick).toBe(expected.slatesWithoutClick);
      expect(value).toBeCloseTo(expected.ndcgAt[k], 12);
    }
  });

  it('MRR, hit rate and recall among the first, ties averaged', () => {
    const offsetsB = Array.from({ length: logits.length / recorded.size + 1 }, (_, b) => b * recorded.size);
    const slates = { offsetsB, scoreS: logits, labelS: labels };
    expect(mrr(slates).value).toBeCloseTo(expected.mrr, 12);
    expect(hitRateAt(slates, 1).value).toBeCloseTo(expected.hitRateAt1, 12);
    expect(hitRateAt(slates, 5).value).toBeCloseTo(expected.hitRateAt5, 12);
    expect(recallAt(slates, 5).value).toBeCloseTo(expected.recallAt5, 12);
  });

  it.each(['logit', 'probability'] as const)('every metric of the tables, of scores that are a %s', (scale) => {
    const values = valuesOfTables(recorded, scale);
    for (const { name } of metrics.all) {
      const told = recordedValue(recorded, recordedNames[name] ?? name);
      expect(told, name).toSatisfy(Number.isFinite);
      expect(values[name], name).toBeCloseTo(told ?? Number.NaN, 11);
    }
  });

  it('calibration errors by the quantile bins of scikit-learn, where no two scores are equal', () => {
    const values = valuesOfTables(recorded, 'probability');
    for (const name of ['calibrationError', 'listCalibrationError']) {
      const byCurve = recordedValue(recorded, `${name}ByCurve`);
      if (byCurve !== undefined) expect(values[name], name).toBeCloseTo(byCurve, 12);
    }
  });
});

it('names the source of what scikit-learn has no function for, and has its quantile bins for items and lists', () => {
  const own = ['calibrationError', 'mrr', 'hitRateAt1', 'hitRateAt5', 'recallAt5', 'listLogLoss', 'meanClicksError'];
  for (const name of [...own, 'listCalibrationError', 'clickCountError']) expect(fixture.sources).toHaveProperty(name);
  for (const name of ['calibrationErrorByCurve', 'listCalibrationErrorByCurve'])
    expect(fixture.cases.some((each) => recordedValue(each, name) !== undefined)).toBe(true);
});

/** As `compare` and `evaluate` compute them. */
function valuesOfTables({ size, logits, labels, users, threshold }: FixtureCase, scale: 'logit' | 'probability') {
  const { count, indexB } = numberUsers(Int32Array.from(users));
  const onScale = (z: number): number => (scale === 'logit' ? z : 1 / (1 + Math.exp(-z)));
  return valuesOfPart(
    partStatistics(metrics.all, {
      offsetsB: Array.from({ length: users.length + 1 }, (_, b) => b * size),
      labelS: Uint8Array.from(labels),
      ...{ userB: indexB, users: count, scale, threshold: onScale(threshold) },
      valueS: Float64Array.from(logits, onScale),
    }),
  );
}

/** `ndcgAt.5` is the entry 5 of the entry ndcgAt. */
function recordedValue({ expected }: FixtureCase, name: string): number | undefined {
  const [first, place] = name.split('.');
  return place === undefined ? expected[first] : expected.ndcgAt[place];
}
