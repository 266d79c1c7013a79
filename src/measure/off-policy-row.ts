import type { Interval } from './bootstrap.ts';
import type { OffPolicyRow } from './generator-report.ts';
import { type LoggedChoice, type OffPolicyEstimates, type OffPolicyName, offPolicyNames } from './off-policy.ts';
import { type OffPolicyResamples, offPolicyResamples, type ResampleOptions } from './off-policy-resamples.ts';

/** Estimates with intervals by bootstrap over users. */
export const offPolicyRow = (name: string, lists: readonly LoggedChoice[], options: ResampleOptions): OffPolicyRow =>
  rowOfResamples(name, lists.length, offPolicyResamples(lists, options));

export function rowOfResamples(
  name: string,
  lists: number,
  { estimates, valuesR, interval }: OffPolicyResamples,
): OffPolicyRow {
  const { logged: _, ...own } = estimates;
  return {
    ...{ name, lists, estimates: own satisfies OffPolicyEstimates },
    intervals: ofEach((id): Interval | null => interval(id, (told) => told[id]) ?? null),
    resamplesLeftOut: ofEach((id) => valuesR((told) => told[id]).filter(Number.isNaN).length),
  };
}

const ofEach = <T>(told: (id: OffPolicyName) => T): Readonly<Record<OffPolicyName, T>> =>
  Object.fromEntries(offPolicyNames.map((id) => [id, told(id)])) as Record<OffPolicyName, T>;
