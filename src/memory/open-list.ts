/** A list that was shown, as far as its clicks may still come, as it is when it is asked for. K items. */
export interface OpenList {
  readonly id: string;
  /** Of its user and items, with which id and time tell whether another list is the same. */
  readonly print: number;
  /** Orders what happens within one millisecond. */
  readonly sequence: number;
  /** When it entered: its own time, or the clock's where it came late. */
  readonly time: number;
  /** As the event gave it: clicks are judged by it. */
  readonly shownAt: number;
  /** Empty: nobody known, or forgotten since. */
  user: string;
  /** Item indices. */
  readonly items: readonly number[];
  readonly positions: readonly number[];
  /** [K, 3]: clicks expected of each exposure by user and position, by item and position, and by all three. */
  readonly expected3K: readonly number[];
  /** 1: a click came. */
  clickedK: readonly number[];
  /** 1: a click of the list's own millisecond came before the list itself entered. */
  clickedAtOnceK: readonly number[];
}

/** What is remembered of a list that is closed. */
export type ClosedList = Pick<OpenList, 'id' | 'print' | 'time' | 'shownAt'>;
