import { logLossOfLogit } from './log-loss.ts';
import type { Metric } from './metric.ts';

/** How well a system knows whether anything on a list is clicked. */
export const listLogLossMetric: Metric = {
  kind: 'metric',
  name: 'listLogLoss',
  title: 'list log loss',
  meaning: 'mean binary cross-entropy of the chance that anything on a list is clicked, in nats',
  group: 'lists',
  higherIsBetter: false,
  range: [0, Infinity],
  toldIn: [],
  ofSlate: ({ anyClickLogit, labelsK }) =>
    labelsK.length === 0 ? undefined : logLossOfLogit(anyClickLogit, labelsK.includes(1) ? 1 : 0),
};
