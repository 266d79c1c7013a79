/** Every figure of one row of a table: mean and deviation over seeds, interval, differences. */
import type { ResampledMetrics } from './bootstrap.ts';
import type { DifferenceCell, IntervalCell, MetricCell } from './comparison-report.ts';
import { crossedInterval, differenceBySeed, type SeededValues } from './crossed-interval.ts';
import { isResampled, METRIC_IDS, type MetricId, metricInfo, type ResampledMetricId } from './metric-list.ts';
import type { IntervalSettings } from './protocol.ts';

/** A system measured with each of its seeds, and in every resample of users. */
export interface MeasuredSeeds {
  readonly name: string;
  readonly isTrained: boolean;
  readonly seeds: readonly number[];
  readonly perSeed: readonly Readonly<Record<MetricId, number>>[];
  readonly resampled: readonly ResampledMetrics[];
}

export interface Against {
  readonly baseline: MeasuredSeeds | undefined;
  readonly itemRate: MeasuredSeeds | undefined;
  readonly intervals: IntervalSettings;
}

export function metricCells(system: MeasuredSeeds, against: Against): Record<MetricId, MetricCell> {
  const { baseline, itemRate, intervals } = against;
  const { rivals } = intervals;
  const cell = (id: MetricId): MetricCell => {
    const values = system.perSeed.map((metrics) => metrics[id]);
    return {
      mean: finiteOrNull(mean(values)),
      deviation: finiteOrNull(deviation(values)),
      perSeed: values.map(finiteOrNull),
      interval: isResampled(id) ? intervalOf(id, system, intervals) : null,
      toBaseline: differenceTo(id, { system, other: baseline, intervals, rivals: rivals.ofBaseline }),
      toItemRate: differenceTo(id, { system, other: itemRate, intervals, rivals: rivals.ofItemRate }),
    };
  };
  return Object.fromEntries(METRIC_IDS.map((id) => [id, cell(id)])) as Record<MetricId, MetricCell>;
}

/** Within what the metric can be. */
function intervalOf(
  id: ResampledMetricId,
  system: MeasuredSeeds,
  { users, level }: IntervalSettings,
): IntervalCell | null {
  if (users < 2) return null;
  const interval = crossedInterval(seededValues(id, system), undefined, { users, level });
  if (interval === undefined) return null;
  const { low, high, covers } = interval;
  return { low: Math.max(0, low), high: id === 'logLoss' ? high : Math.min(1, high), covers };
}

interface DifferenceOptions {
  readonly system: MeasuredSeeds;
  readonly other: MeasuredSeeds | undefined;
  readonly intervals: IntervalSettings;
  readonly rivals: number;
}

function differenceTo(id: MetricId, { system, other, intervals, rivals }: DifferenceOptions): DifferenceCell | null {
  const { users, level } = intervals;
  if (other === undefined || other === system || users < 2 || !isResampled(id)) return null;
  const [mine, theirs] = [seededValues(id, system), seededValues(id, other)];
  const options = { users, level: 1 - (1 - level) / rivals };
  const interval = arePaired(system, other, intervals)
    ? crossedInterval(differenceBySeed(mine, theirs), undefined, options)
    : crossedInterval(mine, theirs, options);
  if (interval === undefined) return null;
  const [low, high] = [100 * interval.low, 100 * interval.high];
  const excludesZero = low > 0 || high < 0;
  const isGain = metricInfo(id).better === 'higher' ? low > 0 : high < 0;
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

const seededValues = (id: ResampledMetricId, { perSeed, resampled, isTrained }: MeasuredSeeds): SeededValues => ({
  perSeed: perSeed.map((metrics) => metrics[id]),
  resampledNR: resampled.map((metrics) => metrics[id]),
  isTrained,
});

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Sample standard deviation; NaN of fewer than two values. */
function deviation(values: readonly number[]): number {
  const center = mean(values);
  const squares = values.reduce((sum, value) => sum + (value - center) ** 2, 0);
  return values.length < 2 ? Number.NaN : Math.sqrt(squares / (values.length - 1));
}

const finiteOrNull = (value: number): number | null => (Number.isFinite(value) ? value : null);
