/** Legend: R resamples, U users. */
import { createRng } from '../random/rng.ts';
import { bootstrapMetrics, percentileInterval, type ResampledMetrics, type SystemStatistics } from './bootstrap.ts';
import type { ComparisonReport, DifferenceCell, MetricCell, SystemRow } from './comparison-report.ts';
import { isResampled, METRIC_IDS, type MetricId, metricInfo } from './metric-list.ts';
import type { Predictions, ShownLists } from './predictions.ts';
import type { BootstrapSettings, Protocol } from './protocol.ts';
import { numberUsers, userStatistics } from './user-statistics.ts';
import { weightedMetrics } from './weighted-metrics.ts';

export interface ComparisonOptions {
  /** The recipe that the differences refer to. */
  readonly baseline: string;
  /** Names in `predictions` that are references and not trained recipes. */
  readonly references?: readonly string[];
  /** The name of the smoothed item rate among the references. */
  readonly itemRate?: string;
  readonly resamples?: number;
  readonly level?: number;
  readonly bootstrapSeed?: number;
  /** All of the protocol but what the comparison itself decides. */
  readonly protocol: Omit<Protocol, 'bootstrap'>;
}

/**
 * All metrics of all systems on the test lists, their intervals and paired differences. Predictions of one name are one system's seeds; rows keep
 * the order of the names' first appearance. Throws a RangeError when the baseline is unknown, a seed stands twice or values do not fit the lists.
 */
export function compareSystems(
  lists: ShownLists,
  predictions: readonly Predictions[],
  options: ComparisonOptions,
): ComparisonReport {
  const byName = groupByName(predictions);
  for (const name of [options.baseline, options.itemRate]) {
    if (name !== undefined && !byName.has(name)) {
      throw new RangeError(`compareSystems: no predictions of '${name}', only of ${[...byName.keys()].join(', ')}`);
    }
  }
  const isReference = (name: string): boolean => options.references?.includes(name) === true;
  const users = numberUsers(lists.userB);
  const bootstrap: BootstrapSettings = {
    resamples: options.resamples ?? 1000,
    level: options.level ?? 0.95,
    seed: options.bootstrapSeed ?? 1,
    users: users.count,
  };
  const systems: SystemStatistics[] = [...byName].map(([name, seeds]) => ({
    name,
    seeds: seeds.map((one) => userStatistics(lists, users, one)),
  }));
  const resampled = bootstrapMetrics(systems, {
    users: users.count,
    resamples: bootstrap.resamples,
    rng: createRng(bootstrap.seed).split('bootstrap over users'),
  });
  const everyone = new Int32Array(users.count).fill(1);
  const measured: Measured[] = systems.map(({ name, seeds }, s) => ({
    name,
    perSeed: seeds.map((statistics) => ({
      ...weightedMetrics(statistics, everyone),
      calibrationError: statistics.calibrationError,
    })),
    resampled: resampled[s],
  }));
  const find = (name: string | undefined): Measured | undefined => measured.find((system) => system.name === name);
  const against = { baseline: find(options.baseline), itemRate: find(options.itemRate), bootstrap };
  return {
    format: 'slatewise-comparison/1',
    baseline: options.baseline,
    itemRate: options.itemRate ?? null,
    systems: measured.map((system): SystemRow => {
      return {
        name: system.name,
        kind: isReference(system.name) ? 'reference' : 'recipe',
        seeds: isReference(system.name) ? [] : (byName.get(system.name) ?? []).map(({ seed }) => seed),
        metrics: cellsOf(system, against),
      };
    }),
    protocol: { ...options.protocol, bootstrap },
  };
}

interface Measured {
  readonly name: string;
  readonly perSeed: readonly Readonly<Record<MetricId, number>>[];
  readonly resampled: ResampledMetrics;
}

interface Against {
  readonly baseline: Measured | undefined;
  readonly itemRate: Measured | undefined;
  readonly bootstrap: BootstrapSettings;
}

function cellsOf(system: Measured, { baseline, itemRate, bootstrap }: Against): Record<MetricId, MetricCell> {
  const cell = (id: MetricId): MetricCell => {
    const values = system.perSeed.map((metrics) => metrics[id]);
    const hasInterval = bootstrap.users > 1 && isResampled(id);
    const interval = hasInterval ? percentileInterval(system.resampled[id], bootstrap.level) : undefined;
    return {
      mean: finiteOrNull(mean(values)),
      deviation: finiteOrNull(deviation(values)),
      perSeed: values.map(finiteOrNull),
      interval: interval ?? null,
      toBaseline: difference(id, system, baseline, bootstrap),
      toItemRate: difference(id, system, itemRate, bootstrap),
    };
  };
  return Object.fromEntries(METRIC_IDS.map((id) => [id, cell(id)])) as Record<MetricId, MetricCell>;
}

function difference(
  id: MetricId,
  system: Measured,
  other: Measured | undefined,
  { level, users }: BootstrapSettings,
): DifferenceCell | null {
  if (other === undefined || other === system || users < 2 || !isResampled(id)) return null;
  const pointsOf = (mine: number, theirs: number): number => 100 * (mine - theirs);
  const points = pointsOf(...meansOf(id, system, other));
  const interval = percentileInterval(
    system.resampled[id].map((value, r) => pointsOf(value, other.resampled[id][r])),
    level,
  );
  if (interval === undefined || Number.isNaN(points)) return null;
  const excludesZero = interval.low > 0 || interval.high < 0;
  const isGain = metricInfo(id).better === 'higher' ? interval.low > 0 : interval.high < 0;
  return { points, ...interval, excludesZero, verdict: excludesZero ? (isGain ? 'better' : 'worse') : 'open' };
}

const meansOf = (id: MetricId, system: Measured, other: Measured): [number, number] => [
  mean(system.perSeed.map((metrics) => metrics[id])),
  mean(other.perSeed.map((metrics) => metrics[id])),
];

function groupByName(predictions: readonly Predictions[]): Map<string, Predictions[]> {
  const byName = new Map<string, Predictions[]>();
  for (const one of predictions) {
    const seeds = byName.get(one.recipe) ?? [];
    if (seeds.some(({ seed }) => seed === one.seed)) {
      throw new RangeError(`compareSystems: two predictions of '${one.recipe}' with seed ${one.seed}`);
    }
    byName.set(one.recipe, [...seeds, one]);
  }
  return byName;
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Sample standard deviation; NaN of fewer than two values. */
function deviation(values: readonly number[]): number {
  const center = mean(values);
  const squares = values.reduce((sum, value) => sum + (value - center) ** 2, 0);
  return values.length < 2 ? Number.NaN : Math.sqrt(squares / (values.length - 1));
}

const finiteOrNull = (value: number): number | null => (Number.isFinite(value) ? value : null);
