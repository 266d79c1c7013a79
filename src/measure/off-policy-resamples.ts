/** Off-policy estimates and how far chance may have moved them. Legend: L lists, U users, R resamples, K places. */
import { createRng } from '../random/rng.ts';
import { drawUsers, expandedLevel, type Interval, percentileInterval } from './bootstrap.ts';
import {
  estimatesOfSums,
  type LoggedChoice,
  type OffPolicyEstimates,
  type OffPolicyName,
  type OffPolicySums,
  offPolicySums,
  PLACE,
  widthOf,
} from './off-policy.ts';

export interface ResampleOptions {
  /** The user of each list, from 0. */
  readonly userL: ArrayLike<number>;
  readonly resamples: number;
  readonly level: number;
  readonly seed: number;
}

/** All estimates, and the clicks as they were. */
type EstimatesAndLogged = OffPolicyEstimates & { readonly logged: number };

export interface OffPolicyResamples {
  readonly estimates: EstimatesAndLogged;
  /** In each resample. */
  valuesR(value: (told: EstimatesAndLogged) => number): Float64Array;
  /** Of a value that rests on this estimate, one of so many that share the risk; undefined where it is not known in half of the resamples. */
  interval(name: OffPolicyName, value: (told: EstimatesAndLogged) => number, shares?: number): Interval | undefined;
}

/**
 * A bootstrap over users, with expanded percentile intervals: where few users agree with the generator, an estimate rests on them alone, and percentiles are as much too narrow as the normal
 * law is beside Student's t of so many.
 */
export function offPolicyResamples(
  lists: readonly LoggedChoice[],
  { userL, resamples, level, seed }: ResampleOptions,
): OffPolicyResamples {
  const rng = createRng(seed).split('off policy');
  const users = Array.from(userL).reduce((most, user) => Math.max(most, user + 1), 0);
  const sums = offPolicySums(lists, { groupL: userL, groups: users });
  const toldR = Array.from({ length: resamples }, () => estimatesOfSums(sums, drawUsers(rng, users)));
  const effective = effectiveUsers(sums, users);
  const valuesR = (value: (told: EstimatesAndLogged) => number): Float64Array => Float64Array.from(toldR, value);
  return {
    estimates: estimatesOfSums(sums, new Int32Array(users).fill(1)),
    valuesR,
    interval: (name, value, shares = 1) =>
      percentileInterval(valuesR(value), expandedLevel(1 - (1 - level) / shares, effective(name))),
  };
}

/** So many users of equal weight would tell as much (Kish 1965); of places as if independent the least of all places. */
function effectiveUsers({ places: K, columns }: OffPolicySums, users: number): (name: OffPolicyName) => number {
  const sizeOf = (column: number): number => {
    let [sum, squares] = [0, 0];
    for (let u = 0; u < users; u++) {
      const weight = columns[u * widthOf(K) + column];
      sum += weight;
      squares += weight * weight;
    }
    return squares > 0 ? (sum * sum) / squares : Number.NaN;
  };
  const slate = sizeOf(PLACE.S + 1);
  const byPlace = Math.min(...Array.from({ length: K }, (_, k) => sizeOf(PLACE.width * k + PLACE.I + 1)));
  return (name) => (name.endsWith('IIPS') ? byPlace : slate);
}
