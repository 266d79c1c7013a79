import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { averagePrecision } from './average-precision.ts';
import { bestF1Threshold } from './best-f1-threshold.ts';
import { brierScore } from './brier-score.ts';
import { confusionAt } from './confusion.ts';
import { f1 } from './f1.ts';
import { logLossOfLogits, logLossOfProbabilities } from './log-loss.ts';
import { ndcgAt } from './ndcg.ts';
import { perUserAuc } from './per-user-auc.ts';
import { precision } from './precision.ts';
import { recall } from './recall.ts';
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
  readonly cases: readonly FixtureCase[];
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
});
