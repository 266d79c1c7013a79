/** How often an interval calls a recipe different from itself: groups of seeds from a pool, drawn apart, compared as two recipes would be. */
import { bootstrapMetrics, percentileInterval } from '../../src/measure/bootstrap.ts';
import { type CoveringInterval, crossedInterval, type SeededValues } from '../../src/measure/crossed-interval.ts';
import { userStatistics } from '../../src/measure/user-statistics.ts';
import { numberUsers } from '../../src/metrics/number-users.ts';
import { valuesOfPart } from '../../src/metrics/part-statistics.ts';
import { createRng } from '../../src/random/rng.ts';
import type { RunPool } from './run-pool.ts';

export const CHECKED: readonly string[] = ['rocAuc', 'logLoss', 'ndcgAt10', 'recall'];

/** An interval of the difference of two groups of seeds. */
type Method = (a: SeededValues, b: SeededValues, users: number) => Pick<CoveringInterval, 'low' | 'high'> | undefined;

const LEVEL = 0.95;

export const METHODS: Readonly<Record<string, Method>> = {
  'users and seeds': (a, b, users) => crossedInterval(a, b, { users, level: LEVEL }),
  'users alone': (a, b) => {
    const [ofA, ofB] = [meanRow(a), meanRow(b)];
    return percentileInterval(
      ofA.map((value, r) => value - ofB[r]),
      LEVEL,
    );
  },
};

const meanRow = ({ resampledNR }: SeededValues): Float64Array =>
  resampledNR[0].map((_, r) => resampledNR.reduce((sum, row) => sum + row[r], 0) / resampledNR.length);

export interface ErrorRate {
  readonly metric: string;
  readonly seeds: number;
  readonly method: string;
  readonly comparisons: number;
  /** Comparisons that share no run with one another: what the pool has of independent ones. */
  readonly disjoint: number;
  readonly excludesZero: number;
}

export interface PoolMeasured {
  readonly users: number;
  readonly runs: Readonly<Record<string, readonly { readonly value: number; readonly resampledR: Float64Array }[]>>;
}

/** Every run's metrics, on the test users and in every resample of them; all else is arithmetic. */
export function measurePool({ test, runs }: RunPool, resamples: number): PoolMeasured {
  const users = numberUsers(test.userB);
  const statistics = runs.map(({ seed, threshold, logitS }) =>
    userStatistics(test, users, { recipe: 'pool', seed, scale: 'logit', valueS: logitS, threshold }),
  );
  const values = statistics.map(valuesOfPart);
  const [resampled] = bootstrapMetrics([{ name: 'pool', seeds: statistics }], {
    users: users.count,
    resamples,
    rng: createRng(1).split('bootstrap over users'),
  });
  return {
    users: users.count,
    runs: Object.fromEntries(
      CHECKED.map((id) => [id, values.map((value, n) => ({ value: value[id], resampledR: resampled[n][id] }))]),
    ),
  };
}

/** `draws` times the runs are dealt anew into pairs of groups of so many seeds. */
export function errorRates(
  { users, runs }: PoolMeasured,
  { seeds, draws }: { readonly seeds: number; readonly draws: number },
): ErrorRate[] {
  const count = runs[CHECKED[0]].length;
  const disjoint = Math.floor(count / (2 * seeds));
  const rng = createRng('groups of seeds');
  const deals = Array.from({ length: draws }, () => rng.shuffle(Int32Array.from({ length: count }, (_, n) => n)));
  return CHECKED.flatMap((metric) =>
    Object.entries(METHODS).map(([method, interval]): ErrorRate => {
      const group = (deal: Int32Array, start: number): SeededValues => {
        const chosen = Array.from(deal.subarray(start, start + seeds), (n) => runs[metric][n]);
        return {
          perSeed: chosen.map(({ value }) => value),
          resampledNR: chosen.map(({ resampledR }) => resampledR),
          isTrained: true,
        };
      };
      let excludesZero = 0;
      for (const deal of deals) {
        for (let pair = 0; pair < disjoint; pair++) {
          const start = 2 * seeds * pair;
          const told = interval(group(deal, start), group(deal, start + seeds), users);
          if (told && (told.low > 0 || told.high < 0)) excludesZero++;
        }
      }
      return { metric, seeds, method, comparisons: draws * disjoint, disjoint, excludesZero };
    }),
  );
}
