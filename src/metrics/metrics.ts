import { createRegistry, type Registry } from '../slate/registry.ts';
import { prAucMetric } from './average-precision.ts';
import { brierScoreMetric } from './brier-score.ts';
import { calibrationErrorMetric } from './calibration-error.ts';
import { clickCountErrorMetric } from './click-count-error.ts';
import { f1Metric } from './f1.ts';
import { hitRateAt1Metric, hitRateAt5Metric } from './hit-rate.ts';
import { listCalibrationErrorMetric } from './list-calibration-error.ts';
import { listLogLossMetric } from './list-log-loss.ts';
import { logLossMetric } from './log-loss.ts';
import { meanClicksErrorMetric } from './mean-clicks-error.ts';
import type { Metric } from './metric.ts';
import { mrrMetric } from './mrr.ts';
import { ndcgAt5Metric, ndcgAt10Metric } from './ndcg.ts';
import { perUserAucMetric } from './per-user-auc.ts';
import { precisionMetric } from './precision.ts';
import { recallMetric } from './recall.ts';
import { recallAt5Metric } from './recall-at.ts';
import { rocAucMetric } from './roc-auc.ts';

/** The metrics of every table, in the order of its columns. */
export const metrics: Registry<Metric> = createRegistry('metric', [
  rocAucMetric,
  prAucMetric,
  f1Metric,
  precisionMetric,
  recallMetric,
  logLossMetric,
  brierScoreMetric,
  calibrationErrorMetric,
  perUserAucMetric,
  ndcgAt5Metric,
  ndcgAt10Metric,
  mrrMetric,
  hitRateAt1Metric,
  hitRateAt5Metric,
  recallAt5Metric,
  listLogLossMetric,
  listCalibrationErrorMetric,
  clickCountErrorMetric,
  meanClicksErrorMetric,
]);
