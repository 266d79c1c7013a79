import type { Confusion } from './confusion.ts';
import { type Metric, orNothing } from './metric.ts';

/**
 * Share of the clicks that were predicted, the classifier's recall at a threshold (the ranking metric is `recallAt`);
 * NaN when there is no click.
 */
export function recall({ truePositives, falseNegatives }: Confusion): number {
  return truePositives / (truePositives + falseNegatives);
}

export const recallMetric: Metric = {
  kind: 'metric',
  name: 'recall',
  title: 'recall',
  meaning: 'share of the clicks that were predicted, at the threshold',
  group: 'clicks',
  higherIsBetter: true,
  range: [0, 1],
  toldIn: ['plots', 'headline'],
  ofConfusion: (confusion) => orNothing(recall(confusion)),
};
