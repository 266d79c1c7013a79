/** Legend: L lists, U users, R resamples. */
import { createRng } from '../random/rng.ts';
import { drawUsers, percentileInterval } from './bootstrap.ts';
import type { OffPolicyRow } from './generator-report.ts';
import {
  estimatesOfSums,
  type LoggedChoice,
  type OffPolicyName,
  offPolicyEstimates,
  offPolicyNames,
  offPolicySums,
} from './off-policy.ts';

/** Estimates with percentile intervals by bootstrap over users; `userL` is the user of each list, from 0. */
export function offPolicyRow(
  name: string,
  lists: readonly LoggedChoice[],
  { userL, resamples, level, seed }: { userL: ArrayLike<number>; resamples: number; level: number; seed: number },
): OffPolicyRow {
  const rng = createRng(seed).split('off policy');
  const users = Array.from(userL).reduce((most, user) => Math.max(most, user + 1), 0);
  const sums = offPolicySums(lists, { groupL: userL, groups: users });
  const resampled = Array.from({ length: resamples }, () => estimatesOfSums(sums, drawUsers(rng, users)));
  const ofEach = <T>(told: (valuesR: Float64Array) => T): Readonly<Record<OffPolicyName, T>> => {
    const entries = offPolicyNames.map((id) => [id, told(Float64Array.from(resampled, (estimates) => estimates[id]))]);
    return Object.fromEntries(entries);
  };
  return {
    name,
    lists: lists.length,
    estimates: offPolicyEstimates(lists),
    intervals: ofEach((valuesR) => percentileInterval(valuesR, level) ?? null),
    resamplesLeftOut: ofEach((valuesR) => valuesR.filter(Number.isNaN).length),
  };
}
