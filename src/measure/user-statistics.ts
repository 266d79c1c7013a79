/** Legend: B impressions, S slots, U users. */
import type { Metric } from '../metrics/metric.ts';
import { metrics as builtIn } from '../metrics/metrics.ts';
import { type PartStatistics, partStatistics } from '../metrics/part-statistics.ts';
import { checkPredictions, type Predictions, type ShownLists } from './predictions.ts';

/** Users numbered 0..U-1 in the order of their first impression: `userB` with its gaps closed. */
export interface Users {
  readonly count: number;
  readonly indexB: Int32Array;
}

export function numberUsers(userB: Int32Array): Users {
  const numbers = new Map<number, number>();
  const indexB = userB.map((user) => {
    const known = numbers.get(user);
    if (known !== undefined) return known;
    numbers.set(user, numbers.size);
    return numbers.size - 1;
  });
  return { count: numbers.size, indexB };
}

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
