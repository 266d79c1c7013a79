/** What generators would have brought, by the lists that a policy drew and that were shown. Legend: L lists. */
import type { OffPolicyRow } from './generator-report.ts';
import { type LoggedChoice, type OffPolicyName, offPolicyNames } from './off-policy.ts';
import { offPolicyRow } from './off-policy-row.ts';
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
  /** What is to be said of each estimate: where too few lists agree. */
  readonly doubts: Readonly<Partial<Record<OffPolicyName, string>>>;
}

/** Estimates where any list agrees, and intervals where enough do. */
export function journalRow(
  name: string,
  lists: readonly LoggedChoice[],
  options: Parameters<typeof offPolicyRow>[2],
): JournalRow {
  const row = offPolicyRow(name, lists, options);
  const support = offPolicySupport(lists);
  // Without a list that agrees 0 would be told, and of a doubly robust one what the model expects: neither is an estimate from the journal.
  const estimates = offPolicyNames.map((id) => [id, support.effective[id] === 0 ? Number.NaN : row.estimates[id]]);
  const holds = (id: OffPolicyName): boolean => support.effective[id] >= FEWEST_LISTS;
  const doubts = offPolicyNames.flatMap((id) => {
    const doubt = Number.isNaN(row.estimates[id]) ? undefined : supportDoubt(support.effective[id]);
    return doubt === undefined ? [] : [[id, doubt]];
  });
  const intervals = offPolicyNames.map((id) => [id, holds(id) ? row.intervals[id] : null]);
  return {
    ...{ ...row, ...support, estimates: Object.fromEntries(estimates) as JournalRow['estimates'] },
    ...{ intervals: Object.fromEntries(intervals), doubts: Object.fromEntries(doubts) },
  };
}
