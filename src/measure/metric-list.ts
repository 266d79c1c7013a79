/** The metrics of every table, in the order of its columns. */
export const METRIC_IDS = [
  'rocAuc',
  'prAuc',
  'f1',
  'precision',
  'recall',
  'logLoss',
  'brierScore',
  'calibrationError',
  'perUserAuc',
  'ndcgAt5',
  'ndcgAt10',
  'mrr',
  'hitRateAt1',
  'hitRateAt5',
  'recallAt5',
] as const;

export type MetricId = (typeof METRIC_IDS)[number];

/**
 * The metrics that get an interval. The calibration error does not: a resample adds noise to each bin, and the absolute value turns noise
 * into error, so the resampled values lie above the value itself.
 */
export type ResampledMetricId = Exclude<MetricId, 'calibrationError'>;

export const RESAMPLED_METRIC_IDS: readonly ResampledMetricId[] = METRIC_IDS.filter(isResampled);

export function isResampled(id: MetricId): id is ResampledMetricId {
  return id !== 'calibrationError';
}

export type MetricGroup = 'clicks' | 'probabilities' | 'order';

export interface MetricInfo {
  readonly id: MetricId;
  readonly label: string;
  readonly group: MetricGroup;
  readonly better: 'higher' | 'lower';
  /** One line for people who read the table. */
  readonly meaning: string;
}

export const METRICS: readonly MetricInfo[] = [
  higher('rocAuc', 'ROC AUC', 'clicks', 'a clicked item scores above another one, over all items; ties count one half'),
  higher('prAuc', 'PR AUC', 'clicks', 'average precision over all items'),
  higher('f1', 'F1', 'clicks', 'harmonic mean of precision and recall at the threshold'),
  higher('precision', 'precision', 'clicks', 'share of the predicted clicks that were clicks'),
  higher('recall', 'recall', 'clicks', 'share of the clicks that were predicted, at the threshold'),
  lower('logLoss', 'log loss', 'probabilities', 'mean binary cross-entropy of the click probabilities, in nats'),
  lower('brierScore', 'Brier score', 'probabilities', 'mean squared error of the click probabilities'),
  lower(
    'calibrationError',
    'calibr. error',
    'probabilities',
    'expected calibration error, 15 bins of equal mass (no interval: resampling biases it)',
  ),
  higher('perUserAuc', 'AUC per user', 'probabilities', 'ROC AUC within each user, mean over users with both classes'),
  higher('ndcgAt5', 'NDCG@5', 'order', 'discounted gain of the first 5 of a list, over its best possible value'),
  higher('ndcgAt10', 'NDCG@10', 'order', 'the same of the first 10'),
  higher('mrr', 'MRR', 'order', '1 / rank of the first clicked item, mean over lists'),
  higher('hitRateAt1', 'hit rate@1', 'order', 'share of lists whose first item was clicked'),
  higher('hitRateAt5', 'hit rate@5', 'order', 'share of lists with a click among the first 5'),
  higher('recallAt5', 'recallAt5', 'order', "share of a list's clicks among its first 5, mean over lists"),
];

export const METRIC_GROUPS: readonly { readonly group: MetricGroup; readonly title: string }[] = [
  { group: 'clicks', title: 'Click or no click' },
  { group: 'probabilities', title: 'Click probabilities' },
  { group: 'order', title: 'Order in the list' },
];

export function metricInfo(id: MetricId): MetricInfo {
  return METRICS[METRIC_IDS.indexOf(id)];
}

function higher(id: MetricId, label: string, group: MetricGroup, meaning: string): MetricInfo {
  return { id, label, group, better: 'higher', meaning };
}

function lower(id: MetricId, label: string, group: MetricGroup, meaning: string): MetricInfo {
  return { id, label, group, better: 'lower', meaning };
}
