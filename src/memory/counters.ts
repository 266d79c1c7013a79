import type { RejectReason } from '../slate/error-code.ts';

/** What became of the events so far. */
export interface MemoryCounters {
  events: number;
  lists: number;
  clicks: number;
  /** Entered at the clock, since they came after it had passed their time. */
  late: number;
  /** From the future: entered at their arrival. */
  held: number;
  /** Taken before: lists by id, clicks by list and item. */
  again: number;
  evictedItems: number;
  evictedUsers: number;
  readonly rejected: Partial<Record<RejectReason, number>>;
}

export const createCounters = (stored?: MemoryCounters): MemoryCounters => ({
  events: 0,
  lists: 0,
  clicks: 0,
  late: 0,
  held: 0,
  again: 0,
  evictedItems: 0,
  evictedUsers: 0,
  ...stored,
  rejected: { ...stored?.rejected },
});
