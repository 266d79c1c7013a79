import type { Interval } from './bootstrap.ts';
import { contradicted } from './contradicted.ts';
import type { OffPolicyRow } from './generator-report.ts';
import { type LoggedChoice, type OffPolicyName, offPolicyNames } from './off-policy.ts';
import { type Assumption, unstatedAssumption } from './off-policy-assumptions.ts';
import { type OffPolicyResamples, offPolicyResamples, type ResampleOptions } from './off-policy-resamples.ts';
import { FEWEST_LISTS, isPartMissing, missingPartDoubt, offPolicySupport, supportDoubt } from './off-policy-support.ts';

export interface OffPolicyOptions extends ResampleOptions {
  /** What is known of the clicks: estimates that assume it have intervals too. */
  readonly assume?: Assumption | undefined;
}

/** Estimates where any list agrees; intervals by bootstrap over users, where enough lists agree and nothing is assumed that nobody stated. */
export const offPolicyRow = (name: string, lists: readonly LoggedChoice[], options: OffPolicyOptions): OffPolicyRow =>
  rowOfResamples(name, lists, { resamples: offPolicyResamples(lists, options), assume: options.assume });

export function rowOfResamples(
  name: string,
  lists: readonly LoggedChoice[],
  { resamples, assume }: { readonly resamples: OffPolicyResamples; readonly assume: Assumption | undefined },
): OffPolicyRow {
  const { estimates, valuesR, interval } = resamples;
  const support = offPolicySupport(lists);
  const isEnough = (id: OffPolicyName): boolean => support.effective[id] >= FEWEST_LISTS && !isPartMissing(support);
  const againstLog = isEnough('SIPS') ? contradicted(resamples) : {};
  const intervalOf = (id: OffPolicyName): Interval | null =>
    isEnough(id) && unstatedAssumption(id, assume) === undefined ? (interval(id, (told) => told[id]) ?? null) : null;
  // Without a list that agrees 0 would be told, and of a doubly robust one what the model expects: neither is an estimate from the log.
  const known = ofEach((id) => (support.effective[id] === 0 ? Number.NaN : estimates[id]));
  const doubtOf = (id: OffPolicyName): string | undefined =>
    Number.isNaN(estimates[id])
      ? undefined
      : (againstLog[id] ??
        supportDoubt(support.effective[id]) ??
        (isPartMissing(support) ? missingPartDoubt(support) : unstatedAssumption(id, assume)));
  return {
    ...{ name, lists: lists.length, ...support, estimates: known, intervals: ofEach(intervalOf) },
    resamplesLeftOut: ofEach((id) => valuesR((told) => told[id]).filter(Number.isNaN).length),
    doubts: Object.fromEntries(Object.entries(ofEach(doubtOf)).filter(([, doubt]) => doubt !== undefined)),
  };
}

const ofEach = <T>(told: (id: OffPolicyName) => T): Readonly<Record<OffPolicyName, T>> =>
  Object.fromEntries(offPolicyNames.map((id) => [id, told(id)])) as Record<OffPolicyName, T>;
