import { enterClick, enterList, type PendingClick, type VersionOf } from './enter.ts';
import { marked } from './list-arrays.ts';
import type { OpenList } from './open-lists.ts';
import type { WritableState } from './state.ts';

/**
 * What happened at the clock's own millisecond: it enters when the clock moves on, since nothing of one millisecond knows of another. In one order, whatever the order of
 * arrival: lists as they came, clicks by their list and its item; a click of its list's own millisecond right after its exposure.
 */
export interface Pending {
  readonly size: number;
  addList(list: OpenList): void;
  addClick(click: PendingClick): void;
  /** Lets everything enter a state and forgets it. */
  enter(state: WritableState, versionOf: VersionOf): void;
  /** Lets everything enter a state and keeps it. */
  replay(state: WritableState, versionOf: VersionOf): void;
  readonly lists: readonly OpenList[];
  readonly clicks: readonly PendingClick[];
}

export function createPending(stored?: Pick<Pending, 'lists' | 'clicks'>): Pending {
  const lists: OpenList[] = [...(stored?.lists ?? [])];
  const clicks: PendingClick[] = [...(stored?.clicks ?? [])];

  function replay(state: WritableState, versionOf: VersionOf): void {
    if (clicks.length > 1) clicks.sort((a, b) => a.list.sequence - b.list.sequence || a.k - b.k);
    let next = 0;
    for (const list of lists) {
      for (; next < clicks.length && clicks[next].list.sequence < list.sequence; next++)
        enterClick(state, clicks[next], versionOf);
      enterList(state, list, versionOf);
    }
    for (; next < clicks.length; next++) enterClick(state, clicks[next], versionOf);
  }

  return {
    lists,
    clicks,
    get size() {
      return lists.length + clicks.length;
    },
    addList: (list) => void lists.push(list),
    addClick(click) {
      // The list is pending itself, since all that is pending has the clock's time: the click goes with it.
      if (click.time === click.list.time) click.list.clickedAtOnceK = marked(click.list.clickedAtOnceK, click.k);
      else clicks.push(click);
    },
    replay,
    enter(state, versionOf) {
      if (lists.length + clicks.length === 0) return;
      replay(state, versionOf);
      // Popping keeps the room; a length of 0 would give it back each time.
      while (lists.length > 0) lists.pop();
      while (clicks.length > 0) clicks.pop();
    },
  };
}
