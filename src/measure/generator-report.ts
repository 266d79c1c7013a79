import type { Interval } from './bootstrap.ts';
import type { Measure, MeasuredRow } from './measured-systems.ts';
import type { OffPolicyEstimates } from './off-policy.ts';
import type { Assumption } from './off-policy-assumptions.ts';
import type { OffPolicySupport } from './off-policy-support.ts';

/** How good the slates of some generators are, list by list on the same lists. Plain JSON. */
export interface GeneratorReport {
  readonly title: string;
  readonly measures: readonly Measure[];
  readonly baseline: string;
  readonly rows: readonly MeasuredRow[];
  /** Where the log carries propensities. */
  readonly offPolicy: readonly OffPolicyRow[];
  /** What was stated of the clicks. */
  readonly assume: Assumption | null;
  /** How it came about, as named lines. */
  readonly protocol: readonly { readonly name: string; readonly text: string }[];
}

export interface OffPolicyRow extends OffPolicySupport {
  readonly name: string;
  /** Lists that carry propensities: the others are left out. */
  readonly lists: number;
  /** NaN where no list agrees. */
  readonly estimates: OffPolicyEstimates;
  /** Of the resamples in which the estimate is defined; null where those are fewer than half, too few lists agree or stand for too few, or an assumption is not stated. */
  readonly intervals: Readonly<Record<keyof OffPolicyEstimates, Interval | null>>;
  /** Resamples left out of each interval: in them no list has the weight, and nothing is known. */
  readonly resamplesLeftOut: Readonly<Record<keyof OffPolicyEstimates, number>>;
  /** What is to be said of each estimate: where the log contradicts what it assumes, too few lists agree, or nobody stated what it assumes. */
  readonly doubts: Readonly<Partial<Record<keyof OffPolicyEstimates, string>>>;
}
