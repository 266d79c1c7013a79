import type { Metric } from '../metrics/metric.ts';
import { metrics as builtIn } from '../metrics/metrics.ts';
import type { Users } from '../metrics/number-users.ts';
import { type PartStatistics, partStatistics } from '../metrics/part-statistics.ts';
import { checkPredictions, type Predictions, type ShownLists } from './predictions.ts';

/** What the metrics of any resample of users need of one system's predictions. */
export function userStatistics(
  lists: ShownLists,
  users: Users,
  predictions: Predictions,
  metrics: readonly Metric[] = builtIn.all,
): PartStatistics {
  checkPredictions(lists, predictions);
  const { offsets, labelS } = lists;
  return partStatistics(metrics, {
    ...predictions,
    offsetsB: offsets,
    labelS,
    userB: users.indexB,
    users: users.count,
  });
}
