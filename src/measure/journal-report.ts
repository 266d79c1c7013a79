/** What generators would have brought, by the lists that a policy drew and that were shown. Legend: L lists. */
import type { Interval } from './bootstrap.ts';
import type { OffPolicyRow } from './generator-report.ts';
import type { LoggedChoice } from './off-policy.ts';
import type { Assumption } from './off-policy-assumptions.ts';
import { offPolicyResamples } from './off-policy-resamples.ts';
import { type OffPolicyOptions, rowOfResamples } from './off-policy-row.ts';

/** Plain JSON. */
export interface JournalReport {
  readonly title: string;
  /** Lists that were drawn, shown as answered, and judged. */
  readonly lists: number;
  readonly users: number;
  /** Clicks a list, as it was. */
  readonly logged: number;
  readonly rows: readonly JournalRow[];
  /** What was stated of the clicks. */
  readonly assume: Assumption | null;
  readonly leftOut: LeftOut;
  readonly protocol: readonly { readonly name: string; readonly text: string }[];
}

/** Answers that tell nothing, by the reason. */
export interface LeftOut {
  /** Nothing was drawn: one list was certain. */
  readonly notDrawn: number;
  /** No list was told as shown that is as the answer. */
  readonly notShown: number;
  /** The model learned from them. */
  readonly learned: number;
  /** A generator could not be asked: its rules cannot be kept there. */
  readonly refused: number;
}

/** One generator. */
export interface JournalRow extends OffPolicyRow {
  /** By DR: clicks a list more than there were; NaN where it has no interval. Of the slates that would have been shown without exploring, that is the price of exploring. */
  readonly gain: { readonly estimate: number; readonly interval: Interval | null };
}

export function journalRow(name: string, lists: readonly LoggedChoice[], options: OffPolicyOptions): JournalRow {
  const resamples = offPolicyResamples(lists, options);
  const row = rowOfResamples(name, lists, { resamples, assume: options.assume });
  const more = row.intervals.DR === null ? undefined : resamples.interval('DR', (told) => told.DR - told.logged);
  return {
    ...row,
    gain: {
      // Without support it is the model's own hope, and no gain.
      estimate: more ? row.estimates.DR - resamples.estimates.logged : Number.NaN,
      interval: more ?? null,
    },
  };
}
