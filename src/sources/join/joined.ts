import type { InteractionEvent, RankingEvent } from '../../slate/events.ts';
import type { RejectedEvent } from '../../slate/rejected-event.ts';
import type { RowPlace } from '../tables/table.ts';

/** An impression on its way to the data set. */
export interface JoinedImpression {
  readonly time: number;
  readonly line: number;
  readonly ranking: RankingEvent;
  /** Per item, -1 where there was no click. */
  readonly clickTimes: number[];
}

export interface JoinOptions {
  /** A click later than this after its list is rejected; milliseconds. */
  readonly joinWindow: number;
  /** Interaction types that count as a click. Of others only the list, its user and the item are judged; they are left out. */
  readonly labelTypes: readonly string[];
  /**
   * Bytes of the log that are held open, and again so many of interactions that wait for their list: while a log has less, the order of its lines does not matter at all. In a longer one lists are
   * closed two windows after their time (one for their clicks to happen, one for the lines to come), the earliest first; within that the order does not matter either.
   */
  readonly openBytes: number;
}

/** An event, and the line of the log that it stands in. */
export interface Logged<T> {
  readonly line: number;
  readonly raw: string;
  /** Of a table of several files. */
  readonly place?: RowPlace | undefined;
  readonly event: T;
  /** Of an interaction that was joined before: when its list entered (`SourceRecord`). */
  readonly shownAt?: number | undefined;
}

export interface Rejection extends Logged<InteractionEvent> {
  readonly error: RejectedEvent;
}

/** What a line, or the end of the log, brings to its end: lists that are complete, interactions that belong to none. */
export interface Settled {
  readonly impressions: readonly JoinedImpression[];
  readonly rejections: readonly Rejection[];
}
