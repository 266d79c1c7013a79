/** Legend: U users, C statistics, M metrics. */
import { averagePrecisionOfSteps } from '../metrics/average-precision.ts';
import { countWeighted } from '../metrics/click-steps.ts';
import { f1 } from '../metrics/f1.ts';
import { precision } from '../metrics/precision.ts';
import { recall } from '../metrics/recall.ts';
import { rocAucOfSteps } from '../metrics/roc-auc.ts';
import type { ResampledMetricId } from './metric-list.ts';
import { COLUMN, COLUMNS, type UserStatistics } from './user-statistics.ts';

/**
 * Every metric that gets an interval, of the data set in which each user stands `weightU[user]` times; all ones is the data set itself. NaN where one is undefined.
 */
export function weightedMetrics(statistics: UserStatistics, weightU: Int32Array): Record<ResampledMetricId, number> {
  const sumC = weightedSums(statistics.sumsUC, weightU);
  countWeighted(statistics.steps, { unitS: statistics.stepUserS, weightU }, statistics.counts);
  const items = sumC[COLUMN.items];
  const lists = sumC[COLUMN.listsWithClick];
  const confusion = {
    truePositives: sumC[COLUMN.truePositives],
    falsePositives: sumC[COLUMN.falsePositives],
    falseNegatives: sumC[COLUMN.falseNegatives],
    trueNegatives: items - sumC[COLUMN.truePositives] - sumC[COLUMN.falsePositives] - sumC[COLUMN.falseNegatives],
  };
  return {
    rocAuc: rocAucOfSteps(statistics.counts),
    prAuc: averagePrecisionOfSteps(statistics.counts),
    f1: f1(confusion),
    precision: precision(confusion),
    recall: recall(confusion),
    logLoss: sumC[COLUMN.logLoss] / items,
    brierScore: sumC[COLUMN.squaredError] / items,
    perUserAuc: sumC[COLUMN.auc] / sumC[COLUMN.hasAuc],
    ndcgAt5: sumC[COLUMN.ndcgAt5] / lists,
    ndcgAt10: sumC[COLUMN.ndcgAt10] / lists,
    mrr: sumC[COLUMN.reciprocalRank] / lists,
    hitRateAt1: sumC[COLUMN.hitAt1] / lists,
    hitRateAt5: sumC[COLUMN.hitAt5] / lists,
    recallAt5: sumC[COLUMN.recallAt5] / lists,
  };
}

function weightedSums(sumsUC: Float64Array, weightU: Int32Array): Float64Array {
  const sumC = new Float64Array(COLUMNS);
  for (let user = 0; user < weightU.length; user++) {
    const weight = weightU[user];
    if (weight === 0) continue;
    const row = user * COLUMNS;
    for (let column = 0; column < COLUMNS; column++) sumC[column] += weight * sumsUC[row + column];
  }
  return sumC;
}
