/** Every figure of one row of a table: mean and deviation over seeds, interval, differences. */
import { mean } from '../metrics/mean.ts';
import { isResampled, type Metric } from '../metrics/metric.ts';
import type { ResampledMetrics } from './bootstrap.ts';
import type { DifferenceCell, IntervalCell, MetricCell } from './comparison-report.ts';
import { crossedInterval, differenceBySeed, type SeededValues } from './crossed-interval.ts';
import type { IntervalSettings } from './protocol.ts';

/** A system measured with each of its seeds, and in every resample of users. */
export interface MeasuredSeeds {
  readonly name: string;
  readonly isTrained: boolean;
  readonly seeds: readonly number[];
  readonly perSeed: readonly Readonly<Record<string, number>>[];
  readonly resampled: readonly ResampledMetrics[];
}

export interface Against {
  readonly metrics: readonly Metric[];
  readonly baseline: MeasuredSeeds | undefined;
  readonly itemRate: MeasuredSeeds | undefined;
  readonly intervals: IntervalSettings;
}

export function metricCells(system: MeasuredSeeds, against: Against): Record<string, MetricCell> {
  const { metrics, baseline, itemRate, intervals } = against;
  const { rivals } = intervals;
  const cell = (metric: Metric): MetricCell => {
    const values = system.perSeed.map((perMetric) => perMetric[metric.name]);
    return {
      mean: finiteOrNull(mean(values)),
      deviation: finiteOrNull(deviation(values)),
      perSeed: values.map(finiteOrNull),
      interval: isResampled(metric) ? intervalOf(metric, system, intervals) : null,
      toBaseline: differenceTo(metric, { system, other: baseline, intervals, rivals: rivals.ofBaseline }),
      toItemRate: differenceTo(metric, { system, other: itemRate, intervals, rivals: rivals.ofItemRate }),
    };
  };
  return Object.fromEntries(metrics.map((metric) => [metric.name, cell(metric)]));
}

/** Within what the metric can be. */
function intervalOf(
  { name, range }: Metric,
  system: MeasuredSeeds,
  { users, level }: IntervalSettings,
): IntervalCell | null {
  if (users < 2) return null;
  const interval = crossedInterval(seededValues(name, system), undefined, { users, level });
  if (interval === undefined) return null;
  const { low, high, covers } = interval;
  return { low: Math.max(range[0], low), high: Math.min(range[1], high), covers };
}

interface DifferenceOptions {
  readonly system: MeasuredSeeds;
  readonly other: MeasuredSeeds | undefined;
  readonly intervals: IntervalSettings;
  readonly rivals: number;
}

function differenceTo(metric: Metric, { system, other, intervals, rivals }: DifferenceOptions): DifferenceCell | null {
  const { users, level } = intervals;
  if (other === undefined || other === system || users < 2 || !isResampled(metric)) return null;
  const [mine, theirs] = [seededValues(metric.name, system), seededValues(metric.name, other)];
  const options = { users, level: 1 - (1 - level) / rivals };
  const interval = arePaired(system, other, intervals)
    ? crossedInterval(differenceBySeed(mine, theirs), undefined, options)
    : crossedInterval(mine, theirs, options);
  if (interval === undefined) return null;
  const [low, high] = [100 * interval.low, 100 * interval.high];
  const excludesZero = low > 0 || high < 0;
  const isGain = metric.higherIsBetter ? low > 0 : high < 0;
  const verdict = excludesZero ? (isGain ? 'better' : 'worse') : 'open';
  return {
    points: 100 * (mean(mine.perSeed) - mean(theirs.perSeed)),
    ...{ low, high, covers: interval.covers },
    excludesZero,
    verdict: interval.covers === 'users' ? null : verdict,
  };
}

function arePaired(system: MeasuredSeeds, other: MeasuredSeeds, { pairedBySeed }: IntervalSettings): boolean {
  const together = pairedBySeed.some((names) => names.includes(system.name) && names.includes(other.name));
  return together && system.seeds.length > 1 && String(system.seeds) === String(other.seeds);
}

const seededValues = (name: string, { perSeed, resampled, isTrained }: MeasuredSeeds): SeededValues => ({
  perSeed: perSeed.map((perMetric) => perMetric[name]),
  resampledNR: resampled.map((perMetric) => perMetric[name]),
  isTrained,
});

/** Sample standard deviation; NaN of fewer than two values. */
function deviation(values: readonly number[]): number {
  const center = mean(values);
  const squares = values.reduce((sum, value) => sum + (value - center) ** 2, 0);
  return values.length < 2 ? Number.NaN : Math.sqrt(squares / (values.length - 1));
}

const finiteOrNull = (value: number): number | null => (Number.isFinite(value) ? value : null);
