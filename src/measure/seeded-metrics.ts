import type { Metric } from '../metrics/metric.ts';
import { numberUsers } from '../metrics/number-users.ts';
import { valuesOfPart } from '../metrics/part-statistics.ts';
import { createRng } from '../random/rng.ts';
import { bootstrapMetrics } from './bootstrap.ts';
import type { SeededValues } from './crossed-interval.ts';
import type { Predictions, ShownLists } from './predictions.ts';
import { userStatistics } from './user-statistics.ts';

export interface SeededMetrics {
  /** By metric, of each system in the order given. */
  readonly systems: readonly Readonly<Record<string, SeededValues>>[];
  readonly users: number;
}

/** Metrics of some systems, each trained with several seeds, with their values in resamples of users: all systems see the same resamples. */
export function seededMetrics(
  lists: ShownLists,
  systems: readonly (readonly Predictions[])[],
  { metrics, resamples = 400 }: { readonly metrics: readonly Metric[]; readonly resamples?: number },
): SeededMetrics {
  const users = numberUsers(lists.userB);
  const all = systems.map((seeds, system) => ({
    name: `${system}`,
    seeds: seeds.map((one) => userStatistics(lists, users, one, metrics)),
  }));
  const rng = createRng('bootstrap over users');
  const resampled = bootstrapMetrics(all, { users: users.count, resamples, rng });
  return {
    users: users.count,
    systems: all.map(({ seeds }, system) => {
      const values = seeds.map(valuesOfPart);
      return Object.fromEntries(
        metrics.map(({ name }) => [
          name,
          {
            perSeed: values.map((value) => value[name]),
            resampledNR: resampled[system].map((metric) => metric[name]),
            isTrained: true,
          },
        ]),
      );
    }),
  };
}
