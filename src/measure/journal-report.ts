/** What generators would have brought, by the lists that a policy drew and that were shown. Legend: L lists. */
import type { Interval } from './bootstrap.ts';
import { contradicted } from './contradicted.ts';
import type { OffPolicyRow } from './generator-report.ts';
import { type LoggedChoice, type OffPolicyName, offPolicyNames } from './off-policy.ts';
import { offPolicyResamples, type ResampleOptions } from './off-policy-resamples.ts';
import { rowOfResamples } from './off-policy-row.ts';
import { FEWEST_LISTS, type OffPolicySupport, offPolicySupport, supportDoubt } from './off-policy-support.ts';

/** Plain JSON. */
export interface JournalReport {
  readonly title: string;
  /** Lists that were drawn, shown as answered, and judged. */
  readonly lists: number;
  readonly users: number;
  /** Clicks a list, as it was. */
  readonly logged: number;
  readonly rows: readonly JournalRow[];
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
export interface JournalRow extends OffPolicyRow, OffPolicySupport {
  /** What is to be said of each estimate: where too few lists agree, or the log contradicts what it assumes. */
  readonly doubts: Readonly<Partial<Record<OffPolicyName, string>>>;
  /** By DR: clicks a list more than there were. Of the slates that would have been shown without exploring, that is the price of exploring. */
  readonly gain: { readonly estimate: number; readonly interval: Interval | null };
}

/** Estimates where any list agrees, and intervals where enough do and the log does not contradict what they assume. */
export function journalRow(name: string, lists: readonly LoggedChoice[], options: ResampleOptions): JournalRow {
  const resamples = offPolicyResamples(lists, options);
  const row = rowOfResamples(name, lists.length, resamples);
  const support = offPolicySupport(lists);
  const isEnough = (id: OffPolicyName): boolean => support.effective[id] >= FEWEST_LISTS;
  const againstLog = isEnough('SIPS') ? contradicted(resamples) : {};
  const holds = (id: OffPolicyName): boolean => isEnough(id) && againstLog[id] === undefined;
  // Without a list that agrees 0 would be told, and of a doubly robust one what the model expects: neither is an estimate from the journal.
  const known = (id: OffPolicyName, value: number): number => (support.effective[id] === 0 ? Number.NaN : value);
  const doubtOf = (id: OffPolicyName): string | undefined =>
    Number.isNaN(row.estimates[id]) ? undefined : (againstLog[id] ?? supportDoubt(support.effective[id]));
  const ofEach = <T>(told: (id: OffPolicyName) => T): Record<OffPolicyName, T> =>
    Object.fromEntries(offPolicyNames.map((id) => [id, told(id)])) as Record<OffPolicyName, T>;
  const { DR, logged } = resamples.estimates;
  return {
    ...{ ...row, ...support },
    estimates: ofEach((id) => known(id, row.estimates[id])),
    intervals: ofEach((id) => (holds(id) ? row.intervals[id] : null)),
    doubts: Object.fromEntries(Object.entries(ofEach(doubtOf)).filter(([, doubt]) => doubt !== undefined)),
    gain: {
      estimate: known('DR', DR - logged),
      interval: isEnough('DR') ? (resamples.interval('DR', (told) => told.DR - told.logged) ?? null) : null,
    },
  };
}
