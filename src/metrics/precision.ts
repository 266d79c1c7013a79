import type { Confusion } from './confusion.ts';
import { type Metric, orNothing } from './metric.ts';

/** Share of the predicted clicks that were clicks; NaN when none is predicted. */
export function precision({ truePositives, falsePositives }: Confusion): number {
  return truePositives / (truePositives + falsePositives);
}

export const precisionMetric: Metric = {
  kind: 'metric',
  name: 'precision',
  title: 'precision',
  meaning: 'share of the predicted clicks that were clicks',
  group: 'clicks',
  higherIsBetter: true,
  range: [0, 1],
  toldIn: [],
  ofConfusion: (confusion) => orNothing(precision(confusion)),
};
