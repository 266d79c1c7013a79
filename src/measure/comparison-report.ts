import type { MetricInfo } from '../metrics/metric.ts';
import type { Protocol } from './protocol.ts';
import type { SystemReliability } from './system-reliability.ts';

/**
 * The result of a comparison as plain JSON: what `compare --json` prints and the reports render. A number that is undefined (an area
 * without both classes, a deviation of one seed) is `null`.
 */
export interface ComparisonReport {
  readonly format: 'slatewise-comparison/2';
  /** The system the differences refer to. */
  readonly baseline: string;
  /** The row of the smoothed item rate, where there is one. */
  readonly itemRate: string | null;
  /** The recipe that scores item by item, where there is one: what list models are asked to beat. */
  readonly pointwise: string | null;
  /** What the reports print of metrics that the program does not have; absent without any. */
  readonly ownMetrics?: readonly MetricInfo[];
  readonly systems: readonly SystemRow[];
  /** Whether the clicks come that were predicted, of each recipe; absent where it was not asked. */
  readonly reliability?: readonly SystemReliability[];
  readonly protocol: Protocol;
}

export interface SystemRow {
  readonly name: string;
  /** `reference`: random order, logged order, item rate. */
  readonly kind: 'recipe' | 'reference';
  /** None of a reference: nothing in it is drawn. */
  readonly seeds: readonly number[];
  /** By the metric's name, in the order of the columns. */
  readonly metrics: Readonly<Record<string, MetricCell>>;
}

export interface MetricCell {
  /** Mean over the seeds, on the metric's own scale (0.79, not 79). */
  readonly mean: number | null;
  /** Sample standard deviation over the seeds. */
  readonly deviation: number | null;
  /** One value a seed, in the order of `SystemRow.seeds`; one of a reference. */
  readonly perSeed: readonly (number | null)[];
  /** Of the mean; null with fewer than two users, and for a metric that follows no resample of users (the calibration error). */
  readonly interval: IntervalCell | null;
  /** This system minus the baseline; null for the baseline itself and where there is no interval. */
  readonly toBaseline: DifferenceCell | null;
  /** This system minus the smoothed item rate; null for that row itself and without one. */
  readonly toItemRate: DifferenceCell | null;
}

export interface IntervalCell {
  readonly low: number;
  readonly high: number;
  /** Of what it holds the chance: the drawn test users alone where a recipe was trained with one seed. */
  readonly covers: 'users' | 'users and seeds';
}

/**
 * In points, hundredths of the metric's scale: 0.790 to 0.801 is +1.1. Log loss too. The sign is that of the plain difference. Intervals of several recipes to one hold together: see
 * `IntervalSettings.rivals`.
 */
export interface DifferenceCell extends IntervalCell {
  readonly points: number;
  /** The interval of the paired difference lies on one side of 0. */
  readonly excludesZero: boolean;
  /** Such a difference, in the direction that is better for this metric. Null where the interval covers the users alone: one seed says nothing about a recipe. */
  readonly verdict: 'better' | 'worse' | 'open' | null;
}
