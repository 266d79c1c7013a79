import { type Metric, metricInfo } from '../metrics/metric.ts';
import { metrics as builtIn } from '../metrics/metrics.ts';
import { numberUsers } from '../metrics/number-users.ts';
import { valuesOfPart } from '../metrics/part-statistics.ts';
import { createRng } from '../random/rng.ts';
import type { Registry } from '../slate/registry.ts';
import { bootstrapMetrics, type SystemStatistics } from './bootstrap.ts';
import type { ComparisonReport, SystemRow } from './comparison-report.ts';
import { type MeasuredSeeds, metricCells } from './metric-cells.ts';
import type { Predictions, ShownLists } from './predictions.ts';
import type { IntervalSettings, Protocol } from './protocol.ts';
import { userStatistics } from './user-statistics.ts';

export interface ComparisonOptions {
  /** The recipe that the differences refer to. */
  readonly baseline: string;
  /** Names in `predictions` that are references and not trained recipes: nothing in them depends on a seed. */
  readonly references?: readonly string[];
  /** The name of the smoothed item rate among the references. */
  readonly itemRate?: string;
  /** The name of the recipe that scores item by item. */
  readonly pointwise?: string;
  /** Groups of recipes that begin from the same weights with the same seed. */
  readonly pairedBySeed?: readonly (readonly string[])[];
  readonly resamples?: number;
  readonly level?: number;
  readonly bootstrapSeed?: number;
  /** What is measured; the metrics of the program where left out. */
  readonly metrics?: Registry<Metric>;
  /** All of the protocol but what the comparison itself decides. */
  readonly protocol: Omit<Protocol, 'intervals'>;
}

/**
 * All metrics of all systems on the test lists, their intervals and paired differences. Predictions of one name are one system's seeds; rows keep
 * the order of the names' first appearance. Throws a RangeError when the baseline is unknown, a seed stands twice, a reference has several or values do not fit the lists.
 */
export function compareSystems(
  lists: ShownLists,
  predictions: readonly Predictions[],
  options: ComparisonOptions,
): ComparisonReport {
  const metrics = (options.metrics ?? builtIn).all;
  const isReference = (name: string): boolean => options.references?.includes(name) === true;
  const byName = groupByName(predictions, isReference);
  for (const name of [options.baseline, options.itemRate, options.pointwise]) {
    if (name !== undefined && !byName.has(name)) {
      throw new RangeError(`compareSystems: no predictions of '${name}', only of ${[...byName.keys()].join(', ')}`);
    }
  }
  const users = numberUsers(lists.userB);
  const recipes = [...byName].filter(([name]) => !isReference(name));
  const rivals = recipes.filter(([name]) => name !== options.baseline).length;
  const intervals: IntervalSettings = {
    level: options.level ?? 0.95,
    users: users.count,
    resamples: options.resamples ?? 1000,
    seed: options.bootstrapSeed ?? 1,
    covers: recipes.every(([, { length }]) => length > 1) ? 'users and seeds' : 'users',
    pairedBySeed: options.pairedBySeed ?? [],
    rivals: { ofBaseline: Math.max(1, rivals), ofItemRate: Math.max(1, recipes.length) },
  };
  const systems: SystemStatistics[] = [...byName].map(([name, seeds]) => ({
    name,
    seeds: seeds.map((one) => userStatistics(lists, users, one, metrics)),
  }));
  const resampled = bootstrapMetrics(systems, {
    users: users.count,
    resamples: intervals.resamples,
    rng: createRng(intervals.seed).split('bootstrap over users'),
  });
  const measured: MeasuredSeeds[] = systems.map(({ name, seeds }, s) => ({
    name,
    isTrained: !isReference(name),
    seeds: (byName.get(name) ?? []).map(({ seed }) => seed),
    perSeed: seeds.map(valuesOfPart),
    resampled: resampled[s],
  }));
  const find = (name: string | undefined): MeasuredSeeds | undefined => measured.find((system) => system.name === name);
  const ownMetrics = metrics.filter(({ name }) => !builtIn.has(name)).map(metricInfo);
  const against = { metrics, baseline: find(options.baseline), itemRate: find(options.itemRate), intervals };
  return {
    format: 'slatewise-comparison/2',
    baseline: options.baseline,
    itemRate: options.itemRate ?? null,
    pointwise: options.pointwise ?? null,
    ...(ownMetrics.length > 0 ? { ownMetrics } : {}),
    systems: measured.map(
      (system): SystemRow => ({
        name: system.name,
        kind: system.isTrained ? 'recipe' : 'reference',
        seeds: system.isTrained ? system.seeds : [],
        metrics: metricCells(system, against),
      }),
    ),
    protocol: { ...options.protocol, intervals },
  };
}

function groupByName(
  predictions: readonly Predictions[],
  isReference: (name: string) => boolean,
): Map<string, readonly Predictions[]> {
  const byName = new Map<string, readonly Predictions[]>();
  for (const one of predictions) {
    const seeds = byName.get(one.recipe) ?? [];
    if (seeds.some(({ seed }) => seed === one.seed)) {
      throw new RangeError(`compareSystems: two predictions of '${one.recipe}' with seed ${one.seed}`);
    }
    if (seeds.length > 0 && isReference(one.recipe)) {
      throw new RangeError(
        `compareSystems: one prediction of the reference '${one.recipe}' expected, got ${seeds.length + 1}`,
      );
    }
    byName.set(one.recipe, [...seeds, one]);
  }
  return byName;
}
