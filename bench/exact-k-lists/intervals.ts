/** Legend: L requests, R resamples, N seeds. */
import { drawUsers } from '../../src/measure/bootstrap.ts';
import { crossedInterval, differenceBySeed, type SeededValues } from '../../src/measure/crossed-interval.ts';
import { createRng } from '../../src/random/rng.ts';

/** By generator: what its slates are worth, request by request, in true clicks and by the objective. */
export type SeedWorth = Readonly<Record<string, { readonly clicksL: Float64Array; readonly valueL: Float64Array }>>;

export interface Around {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

export interface Figure extends Around {
  readonly perSeed: readonly number[];
  /** Less the baseline's, seed by seed: its scorer is the same. */
  readonly toBaseline?: Around;
}

export interface SystemFigures {
  readonly name: string;
  readonly clicks: Figure;
  readonly value: Figure;
  /** What it misses of the best value, in percent, means against means. */
  readonly regret: Figure;
}

const BEST = 'best by the truth';
const RESAMPLES = 1000;
const LEVEL = 0.95;

/** Means with 95 % intervals over seeds and requests, a request being a user drawn anew. */
export function resultsOf(
  seeds: readonly SeedWorth[],
  { requests, baseline }: { readonly requests: number; readonly baseline: string },
): readonly SystemFigures[] {
  const rng = createRng('requests of exact-k-lists');
  const weightsRL = Array.from({ length: RESAMPLES }, () => drawUsers(rng, requests));
  const names = Object.keys(seeds[0]);
  const meansOf = (name: string, values: 'clicksL' | 'valueL'): SeededValues => ({
    perSeed: seeds.map((seed) => weighted(seed[name][values])),
    resampledNR: seeds.map((seed) => Float64Array.from(weightsRL, (weightL) => weighted(seed[name][values], weightL))),
    isTrained: name !== BEST,
  });
  const best = meansOf(BEST, 'valueL');
  const regretOf = (name: string): SeededValues => {
    const own = meansOf(name, 'valueL');
    const missed = (value: number, most: number): number => (100 * (most - value)) / most;
    return {
      ...own,
      perSeed: own.perSeed.map((value, n) => missed(value, best.perSeed[n])),
      resampledNR: own.resampledNR.map((row, n) => row.map((value, r) => missed(value, best.resampledNR[n][r]))),
    };
  };
  const figure = (name: string, of: (name: string) => SeededValues): Figure => {
    const own = of(name);
    const difference = name === baseline || name === BEST ? undefined : differenceBySeed(own, of(baseline));
    return {
      ...around(own, requests),
      perSeed: own.perSeed,
      ...(difference ? { toBaseline: around(difference, requests) } : {}),
    };
  };
  return names.map((name) => ({
    name,
    clicks: figure(name, (each) => meansOf(each, 'clicksL')),
    value: figure(name, (each) => meansOf(each, 'valueL')),
    regret: figure(name, regretOf),
  }));
}

function around(values: SeededValues, users: number): Around {
  const { low, high } = crossedInterval(values, undefined, { users, level: LEVEL }) ?? { low: NaN, high: NaN };
  return { mean: values.perSeed.reduce((sum, value) => sum + value, 0) / values.perSeed.length, low, high };
}

function weighted(valueL: Float64Array, weightL?: ArrayLike<number>): number {
  let [sum, count] = [0, 0];
  for (const [l, value] of valueL.entries()) {
    const weight = weightL ? weightL[l] : 1;
    sum += weight * value;
    count += weight;
  }
  return sum / count;
}
