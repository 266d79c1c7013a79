import type { InteractionEvent } from '../slate/events.ts';
import { RejectedEvent } from '../slate/rejected-event.ts';

/** A list that was shown, as far as its clicks may still come. K items. */
export interface OpenList {
  readonly id: string;
  /** Orders what happens within one millisecond. */
  readonly sequence: number;
  /** When it entered: its own time, or the clock's where it came late. */
  readonly time: number;
  /** As the event gave it: clicks are judged by it. */
  readonly shownAt: number;
  /** Empty: nobody known. */
  readonly user: string;
  /** Item indices. */
  readonly items: readonly number[];
  readonly positions: readonly number[];
  /** [K, 3]: clicks expected of each exposure by user and position, by item and position, and by all three. */
  readonly expected3K: Float64Array;
  /** 1: a click came. */
  readonly clickedK: Uint8Array;
  /** 1: a click of the list's own millisecond came before the list itself entered. */
  readonly clickedAtOnceK: Uint8Array;
}

/** Lists that wait for clicks, and ids that were seen within a day: bounded by time, whatever the number of lists. */
export interface OpenLists {
  add(list: OpenList): void;
  /** Whether a list of this id was shown within the last day, or is open. */
  has(id: string): boolean;
  /** Closes lists whose window has passed, and forgets ids of long ago. */
  expire(clock: number): void;
  /**
   * The list that a click is on; of a click that names none, the latest within the window before it that its user saw with the item in it. Throws `RejectedEvent`: unknown
   * list, before the list, after the window, another user's.
   */
  listOf(click: InteractionEvent, item: number): OpenList;
  clear(): void;
  /** Oldest first. */
  readonly open: ReadonlyMap<string, OpenList>;
  /** Times of closed lists by id, oldest first. */
  readonly closed: ReadonlyMap<string, number>;
}

export type StoredLists = Pick<OpenLists, 'open' | 'closed'>;

/** How long the id of a list is remembered, so that the same event is taken once; milliseconds. */
export const REMEMBERED = 86_400_000;

/** How long after its window a list waits for clicks of the window that come late; milliseconds. */
export const LATENESS: number = 5 * 60_000;

export function createOpenLists(joinWindow: number, stored?: StoredLists): OpenLists {
  // Insertion order is the order of time: a list enters at the clock.
  const open = new Map<string, OpenList>(stored?.open);
  const closed = new Map<string, number>(stored?.closed);
  const ofUser = new Map<string, OpenList[]>();
  for (const list of open.values()) addToUser(list);
  const openFor = joinWindow + LATENESS;
  /** Up to this clock nothing expires. */
  let due = nextDue();

  return {
    add(list) {
      open.set(list.id, list);
      due = Math.min(due, list.time + openFor);
      addToUser(list);
    },
    has: (id) => open.has(id) || closed.has(id),
    expire(clock) {
      if (clock <= due) return;
      for (const [id, list] of open) {
        const { time } = list;
        if (clock - time <= openFor) break;
        open.delete(id);
        removeFromUser(list);
        closed.set(id, time);
      }
      for (const [id, time] of closed) {
        if (clock - time <= REMEMBERED) break;
        closed.delete(id);
      }
      due = nextDue();
    },
    listOf({ ranking, time, user }, item) {
      if (ranking === '') return unnamed({ user, time, item });
      const list = open.get(ranking);
      if (!list) throw closed.has(ranking) ? tooLate(ranking) : unknown(ranking);
      if (time < list.shownAt) {
        throw new RejectedEvent(
          'interaction-before-list',
          `expected a time after its list's ${list.shownAt}, found ${time}`,
        );
      }
      if (time - list.shownAt > joinWindow) throw tooLate(ranking);
      // An event that names nobody may be anybody's.
      if (user !== '' && list.user !== '' && user !== list.user) {
        throw new RejectedEvent(
          'other-user',
          `expected user "${list.user}", whose list "${ranking}" is, found user "${user}"`,
        );
      }
      return list;
    },
    open,
    closed,
    clear() {
      open.clear();
      ofUser.clear();
      closed.clear();
      due = Number.POSITIVE_INFINITY;
    },
  };

  function nextDue(): number {
    const [list] = open.values();
    const [closedAt] = closed.values();
    return Math.min(
      list ? list.time + openFor : Number.POSITIVE_INFINITY,
      closedAt === undefined ? Number.POSITIVE_INFINITY : closedAt + REMEMBERED,
    );
  }

  function unnamed({ user, time, item }: { user: string; time: number; item: number }): OpenList {
    const list = ofUser
      .get(user)
      ?.findLast(({ shownAt, items }) => shownAt <= time && time - shownAt <= joinWindow && items.includes(item));
    if (list) return list;
    throw new RejectedEvent(
      'no-list-of-user',
      `expected a list of user "${user}" with the item in the ${joinWindow / 60_000} minutes before, found none; name the list in "ranking"`,
    );
  }

  function addToUser(list: OpenList): void {
    if (list.user === '') return;
    const lists = ofUser.get(list.user);
    if (lists) lists.push(list);
    else ofUser.set(list.user, [list]);
  }

  /** Lists close in the order in which they came. */
  function removeFromUser({ user }: OpenList): void {
    const lists = ofUser.get(user);
    lists?.shift();
    if (lists?.length === 0) ofUser.delete(user);
  }

  function tooLate(ranking: string): RejectedEvent {
    return new RejectedEvent(
      'late-interaction',
      `expected within ${joinWindow / 60_000} minutes of list "${ranking}", found it later`,
    );
  }
}

const unknown = (ranking: string): RejectedEvent =>
  new RejectedEvent('unknown-list', `expected a list that was shown, found no "${ranking}"`);
