/** Legend: S slots. */
import type { Metric } from './metric.ts';

/** Binary cross-entropy of one logit z and label y: softplus(z) - z y, in nats, without overflow for any finite z. */
export function logLossOfLogit(logit: number, label: number): number {
  return Math.max(logit, 0) - logit * label + Math.log1p(Math.exp(-Math.abs(logit)));
}

/** Probabilities are kept this far from 0 and 1, so that one certain mistake costs 34.5 nats and not infinity. */
export const PROBABILITY_FLOOR = 1e-15;

/** Binary cross-entropy of one probability p and label y: -log p or -log(1 - p), in nats. */
export function logLossOfProbability(probability: number, label: number): number {
  return label === 1
    ? -Math.log(Math.max(probability, PROBABILITY_FLOOR))
    : -Math.log1p(-Math.min(probability, 1 - PROBABILITY_FLOOR));
}

/** Mean binary cross-entropy of logits, in nats. NaN when there is nothing to average. */
export function logLossOfLogits(logitS: ArrayLike<number>, labelS: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < logitS.length; i++) sum += logLossOfLogit(logitS[i], labelS[i]);
  return sum / logitS.length;
}

/** Mean binary cross-entropy of probabilities, in nats. NaN when there is nothing to average. */
export function logLossOfProbabilities(probabilityS: ArrayLike<number>, labelS: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < probabilityS.length; i++) sum += logLossOfProbability(probabilityS[i], labelS[i]);
  return sum / probabilityS.length;
}

export const logLossMetric: Metric = {
  kind: 'metric',
  name: 'logLoss',
  title: 'log loss',
  meaning: 'mean binary cross-entropy of the click probabilities, in nats',
  group: 'probabilities',
  higherIsBetter: false,
  range: [0, Infinity],
  toldIn: ['plots', 'headline'],
  ofItem: ({ logit, probability, label }) =>
    logit === undefined ? logLossOfProbability(probability, label) : logLossOfLogit(logit, label),
};
