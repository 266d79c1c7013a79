/**
 * What happens after it was told, in the order in which a memory lets it enter: a list as soon as its millisecond is over, a click at its own. Of one millisecond clicks of earlier
 * lists come first, then the lists, each with its clicks of the list's own millisecond.
 */
import { createTimeQueue } from '../slate/time-queue.ts';
import type { PendingClick } from './enter.ts';
import { marked } from './list-arrays.ts';
import type { OpenList } from './open-list.ts';

export interface Timeline<L extends OpenList> {
  /** A list with when its items were clicked, negative of those that were not. Times ascend. */
  add(list: L, clickTimesK: ArrayLike<number>): void;
  /** Lets everything strictly before a time enter. */
  advanceTo(time: number): void;
  /** Of the latest list or click, however far ahead; -Infinity of none. */
  readonly last: number;
  /** What has not entered. */
  waiting(): { readonly lists: readonly L[]; readonly clicks: readonly ClickOf<L>[] };
}

export interface Entering<L extends OpenList> {
  /** A list, with the clicks that `clickedAtOnceK` tells. */
  enterList(list: L): void;
  enterClick(click: ClickOf<L>): void;
}

/** A click on one of these lists. */
export type ClickOf<L extends OpenList> = PendingClick & { readonly list: L };

export function createTimeline<L extends OpenList>({ enterList, enterClick }: Entering<L>): Timeline<L> {
  const clicks = createTimeQueue<ClickOf<L>>();
  /** All of one millisecond. */
  let pending: L[] = [];
  let last = Number.NEGATIVE_INFINITY;

  return {
    get last() {
      return last;
    },
    add(list, clickTimesK) {
      last = Math.max(last, list.time);
      for (let k = 0; k < list.items.length; k++) {
        if (clickTimesK[k] < 0) continue;
        const time = Math.max(list.time, clickTimesK[k]);
        list.clickedK = marked(list.clickedK, k);
        last = Math.max(last, time);
        if (time === list.time) list.clickedAtOnceK = marked(list.clickedAtOnceK, k);
        // Lists come in their order, and so do the clicks of one millisecond.
        else clicks.push(time, { list, k, time });
      }
      pending.push(list);
    },
    advanceTo(time) {
      if (pending.length > 0 && pending[0].time < time) {
        for (let click = clicks.popUntil(pending[0].time); click; click = clicks.popUntil(pending[0].time))
          enterClick(click);
        for (const list of pending) enterList(list);
        pending = [];
      }
      for (let click = clicks.popBefore(time); click; click = clicks.popBefore(time)) enterClick(click);
    },
    waiting() {
      const left: ClickOf<L>[] = [];
      for (let click = clicks.pop(); click; click = clicks.pop()) left.push(click);
      for (const click of left) clicks.push(click.time, click);
      return { lists: [...pending], clicks: left };
    },
  };
}
