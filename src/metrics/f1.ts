import type { Confusion } from './confusion.ts';
import { type Metric, orNothing } from './metric.ts';

/** Harmonic mean of precision and recall, 2 TP / (2 TP + FP + FN); NaN when there is neither a click nor a predicted one. */
export function f1({ truePositives, falsePositives, falseNegatives }: Confusion): number {
  return (2 * truePositives) / (2 * truePositives + falsePositives + falseNegatives);
}

export const f1Metric: Metric = {
  kind: 'metric',
  name: 'f1',
  title: 'F1',
  meaning: 'harmonic mean of precision and recall at the threshold',
  group: 'clicks',
  higherIsBetter: true,
  range: [0, 1],
  toldIn: ['plots', 'headline'],
  ofConfusion: (confusion) => orNothing(f1(confusion)),
};
