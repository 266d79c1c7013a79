/** Legend: S slots. */
import type { Metric } from './metric.ts';

/** Mean squared difference of probability and label (Brier 1950, two classes, so from 0 to 1). NaN when there is nothing to average. */
export function brierScore(probabilityS: ArrayLike<number>, labelS: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < probabilityS.length; i++) sum += (probabilityS[i] - labelS[i]) ** 2;
  return sum / probabilityS.length;
}

export const brierScoreMetric: Metric = {
  kind: 'metric',
  name: 'brierScore',
  title: 'Brier score',
  meaning: 'mean squared error of the click probabilities',
  group: 'probabilities',
  higherIsBetter: false,
  range: [0, 1],
  toldIn: [],
  ofItem: ({ probability, label }) => (probability - label) ** 2,
};
