import type { InteractionEvent, RankingEvent } from '../../slate/events.ts';
import { listPrint } from '../../slate/list-print.ts';
import type { RejectedEvent } from '../../slate/rejected-event.ts';
import type { RowPlace } from '../row-place.ts';

/** A list that was shown, in whatever form it is held: an object, or a row of columns. */
export interface JoinableList {
  readonly time: number;
  readonly line: number;
}

/** How to look into a list, whatever holds it. */
export interface ListForm<L extends JoinableList> {
  idOf(list: L): string;
  /** Empty: nobody known. */
  userOf(list: L): string;
  /** Where an item stands in it; -1 where it does not. */
  placeIn(list: L, item: string): number;
  itemAt(list: L, at: number): string;
  /** Whether two lists of one id and time have the same user and items. */
  isSame(a: L, b: L): boolean;
  /** User and items as one number. */
  printOf(list: L): number;
  /** When the item at a place was clicked; below 0 where it was not. */
  clickAt(list: L, at: number): number;
  setClick(list: L, at: number, time: number): void;
  lengthOf(list: L): number;
}

/** An impression on its way to the data set, as an object. */
export interface JoinedImpression extends JoinableList {
  readonly ranking: RankingEvent;
  /** Per item, -1 where there was no click. */
  readonly clickTimes: number[];
}

/** A list before any click. */
export const openImpression = (ranking: RankingEvent, line: number): JoinedImpression => ({
  time: ranking.time,
  line,
  ranking,
  clickTimes: ranking.items.map(() => -1),
});

/** Lists as objects. */
export const impressionForm: ListForm<JoinedImpression> = {
  idOf: ({ ranking }) => ranking.id,
  userOf: ({ ranking }) => ranking.user,
  placeIn({ ranking: { items } }, item) {
    for (let at = 0; at < items.length; at++) if (items[at].id === item) return at;
    return -1;
  },
  itemAt: ({ ranking }, at) => ranking.items[at].id,
  isSame: ({ ranking: a }, { ranking: b }) =>
    a.user === b.user && a.items.length === b.items.length && a.items.every(({ id }, k) => id === b.items[k].id),
  printOf: ({ ranking }) => listPrint(ranking),
  clickAt: ({ clickTimes }, at) => clickTimes[at],
  setClick({ clickTimes }, at, time) {
    clickTimes[at] = time;
  },
  lengthOf: ({ clickTimes }) => clickTimes.length,
};

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
export interface Settled<L extends JoinableList = JoinedImpression> {
  readonly impressions: readonly L[];
  readonly rejections: readonly Rejection[];
}
