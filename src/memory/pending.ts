import { enterClick, enterList, type PendingClick, type VersionOf } from './enter.ts';
import { marked } from './list-arrays.ts';
import type { OpenList } from './open-list.ts';
import type { WritableState } from './state.ts';

/**
 * What happened at the clock's own millisecond: it enters when the clock moves on, since nothing of one millisecond knows of another. In one order, whatever the order of
 * arrival: lists as they came, clicks by their list and its item; a click of its list's own millisecond right after its exposure.
 */
export interface Pending {
  readonly size: number;
  addList(list: OpenList): void;
  addClick(click: PendingClick): void;
  /** What a user has there is nobody's from now on. */
  forgetUser(user: string): void;
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

  /** The first list that has this sequence or a later one: they ascend. */
  function placeOf(sequence: number): number {
    let [from, to] = [0, lists.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (lists[middle].sequence < sequence) from = middle + 1;
      else to = middle;
    }
    return from;
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
      if (click.time !== click.list.time) {
        clicks.push(click);
        return;
      }
      const own = lists[placeOf(click.list.sequence)];
      if (own?.sequence === click.list.sequence) own.clickedAtOnceK = marked(own.clickedAtOnceK, click.k);
    },
    forgetUser(user) {
      for (const list of [...lists, ...clicks.map((click) => click.list)]) if (list.user === user) list.user = '';
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
