/** `slatewise/kinds`: kinds of one's own, and what they are written with. */
export type { StepCounts } from './metrics/click-steps.ts';
export type { Confusion } from './metrics/confusion.ts';
export { defineMetric, type OwnMetric } from './metrics/define-metric.ts';
export type {
  Metric,
  MetricForm,
  PartItems,
  RankedSlate,
  ScoredItem,
  UserItems,
  WeightedItems,
} from './metrics/metric.ts';
export type { TiedRanking } from './metrics/tied-ranking.ts';
