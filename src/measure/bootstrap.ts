/** Legend: U users, R resamples. */
import { type PartStatistics, weightedValues } from '../metrics/part-statistics.ts';
import type { Rng } from '../random/rng.ts';
import { normalShare, tQuantile } from './student-t.ts';

/** One system, trained with one or several seeds. */
export interface SystemStatistics {
  readonly name: string;
  readonly seeds: readonly PartStatistics[];
}

/** Per metric its value in each resample, of one system with one seed. */
export type ResampledMetrics = Readonly<Record<string, Float64Array>>;

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/**
 * Bootstrap over users (Efron 1979; a cluster bootstrap: a user's lists come and go together, because they are alike). Each resample draws as
 * many users as there are, with replacement, and computes every metric of every system anew on them.
 *
 * All systems and seeds see the same resamples, so the difference of two systems in a resample is a paired difference. Resamples know the chance of the test users alone; that of the
 * seeds is added by `crossedInterval`.
 *
 * A resample is a count per user. Sums per user turn most metrics into one weighted sum, and the two areas count along labels that were sorted once: no
 * resample sorts, copies or allocates by slot, and each gives exactly what the repeated rows would give.
 */
export function bootstrapMetrics(
  systems: readonly SystemStatistics[],
  options: { readonly users: number; readonly resamples: number; readonly rng: Rng },
): ResampledMetrics[][] {
  const { users, resamples, rng } = options;
  const results = systems.map(({ seeds }) => seeds.map((statistics) => emptySeries(statistics, resamples)));
  for (let r = 0; r < resamples; r++) {
    const weightU = drawUsers(rng, users);
    systems.forEach(({ seeds }, s) => {
      seeds.forEach((statistics, n) => {
        for (const [name, value] of Object.entries(weightedValues(statistics, weightU))) results[s][n][name][r] = value;
      });
    });
  }
  return results;
}

/** How often each of U users is drawn in U draws with replacement. */
export function drawUsers(rng: Rng, users: number): Int32Array {
  const weightU = new Int32Array(users);
  for (let draw = 0; draw < users; draw++) weightU[rng.integer(users)]++;
  return weightU;
}

/**
 * The percentile interval of the resampled values, interpolated linearly between order statistics (type 7 of Hyndman & Fan 1996). Resamples
 * in which the metric is undefined (NaN) are left out; undefined when fewer than half remain.
 */
export function percentileInterval(valuesR: Float64Array, level: number): Interval | undefined {
  const defined = valuesR.filter((value) => !Number.isNaN(value)).sort();
  if (defined.length === 0 || 2 * defined.length < valuesR.length) return undefined;
  const tail = (1 - level) / 2;
  return { low: quantileOfSorted(defined, tail), high: quantileOfSorted(defined, 1 - tail) };
}

/**
 * The level to ask percentiles for, so that an interval of the mean of so many is as wide as Student's t has it (expanded percentiles: Hesterberg 2015): percentiles by themselves are
 * too narrow by sqrt((n - 1) / n), and know nothing of the t. The level itself of very many, or where nobody knows of how many.
 */
export function expandedLevel(level: number, n: number): number {
  if (!(n > 1)) return level;
  const errors = Math.sqrt(n / (n - 1)) * tQuantile(level, Math.max(1, n - 1));
  return 2 * normalShare(errors) - 1;
}

function quantileOfSorted(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
}

function emptySeries({ resampled }: PartStatistics, resamples: number): Record<string, Float64Array> {
  return Object.fromEntries(Object.keys(resampled).map((name) => [name, new Float64Array(resamples)]));
}
