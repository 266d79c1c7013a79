import type { RejectReason } from '../slate/error-code.ts';
import type { RejectedEvent } from '../slate/rejected-event.ts';
import type { RowPlace } from './row-place.ts';

/** How many lines of a log were rejected, by reason, and what the first of them in the log says. */
export interface RejectedCounts {
  readonly count: number;
  /** The sentence about the first of them in the log. */
  readonly first: string;
  readonly byReason: Partial<Record<RejectReason, number>>;
}

export interface RejectedCounter extends RejectedCounts {
  /** How many there are of this one's reason now. */
  add(rejected: {
    readonly line: number;
    readonly place?: RowPlace | undefined;
    readonly error: RejectedEvent;
  }): number;
}

export function countRejected(): RejectedCounter {
  const byReason: Partial<Record<RejectReason, number>> = {};
  let count = 0;
  let first = { line: Number.POSITIVE_INFINITY, sentence: '' };
  return {
    get count() {
      return count;
    },
    get first() {
      return first.sentence;
    },
    byReason,
    add({ line, place, error }) {
      count++;
      if (line < first.line)
        first = { line, sentence: `${place ? `row ${place.row} of ${place.file}` : `line ${line}`}: ${error.message}` };
      const ofReason = (byReason[error.reason] ?? 0) + 1;
      byReason[error.reason] = ofReason;
      return ofReason;
    },
  };
}
