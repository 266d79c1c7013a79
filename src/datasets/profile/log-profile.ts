/** What a log is like, day by day: what is stored of it, and what later days are held against. */
import type { FieldScope } from '../../encoding/field-values/field-statistics.ts';

export interface LogProfile {
  readonly format: 1;
  /** In the order of `DayProfile.fields`. */
  readonly fields: readonly FieldBins[];
  /** The latest days, the oldest first. A day is 24 hours, counted back from the last list. */
  readonly days: readonly DayProfile[];
}

/** One day of a log. Times are epoch milliseconds. */
export interface DayProfile {
  readonly from: number;
  readonly to: number;
  readonly lists: number;
  readonly shownItems: number;
  readonly clicks: number;
  /** Different items shown. */
  readonly items: number;
  /** The longest time without a list, up to one of this day. */
  readonly longestGap: number;
  /** Lists at the very millisecond of the list before. */
  readonly sameTime: number;
  /** Lists of the users who had most, the most first; of a hundred at most. Lists of nobody known are not among them. */
  readonly busiest: readonly number[];
  readonly fields: readonly FieldCounts[];
  /** In the order of `fields`: those of items that were known at an earlier time, where one was asked for. */
  readonly sameItems?: readonly SameItems[];
}

/** Values of the shown items that were known at an earlier time: before, and when they were shown. All counts are 0 where the field is not of an item. */
export interface SameItems {
  readonly before: FieldCounts;
  readonly now: FieldCounts;
}

/** Values of a field in bins; the last bin is of all others. */
export type FieldBins = { readonly scope: FieldScope; readonly name: string } & (
  | { readonly kind: 'number'; readonly edges: readonly number[] }
  | { readonly kind: 'text'; readonly values: readonly string[] }
);

/** Of the shown items, or of the lists where the field is of the user or the request. */
export interface FieldCounts {
  readonly missing: number;
  readonly countB: readonly number[];
}
