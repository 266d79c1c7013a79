import type { InteractionEvent, RankingEvent } from '../slate/events.ts';
import { type FitRules, fittingList, fittingUnnamed, LATENESS } from '../slate/fitting-list.ts';
import { RejectedEvent } from '../slate/rejected-event.ts';
import { createShelf } from './shelf.ts';
import { createWatch, type Watch } from './watch.ts';

/** A list that was shown, as far as its clicks may still come. K items. */
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
  /** 1: a click came. Changed by `marked` alone. */
  clickedK: readonly number[];
  /** 1: a click of the list's own millisecond came before the list itself entered. Changed by `marked` alone. */
  clickedAtOnceK: readonly number[];
}

/** The list as it is: what changes of it is replaced, not written over. */
export const copyOfList = (list: OpenList): OpenList => ({ ...list });

/** What is remembered of a list that is closed. */
export type ClosedList = Pick<OpenList, 'id' | 'print' | 'time' | 'shownAt'>;

/** A click, and what is known of it where it was joined to its list before. */
export type ListClick = InteractionEvent & {
  /** The time of its list: of several lists with one id it is on that one. */
  readonly shownAt?: number | undefined;
  /** Its time is when it entered a server's memory; its own, which is not known any more, was within the window. */
  readonly cameInTime?: boolean | undefined;
};

/** Lists that wait for clicks, and those that were closed within a day: bounded by time, whatever the number of lists. */
export interface OpenLists {
  add(list: OpenList): void;
  /** Whether this very list was shown within the last day, or is open: the same id, time, user and items. */
  has(ranking: Pick<RankingEvent, 'id' | 'time'>, print: number): boolean;
  /** Closes lists whose window has passed, and forgets those of long ago. */
  expire(clock: number): void;
  /** The list that a click is on, by the rule of `slate/fitting-list.ts`. `item` is its item's index. Throws `RejectedEvent`. */
  listOf(click: ListClick, item: number): OpenList;
  clear(): void;
  /** Of those that are open. */
  readonly size: number;
  /** Those of a user are nobody's from now on; whether there were any. */
  forgetUser(user: string): boolean;
  /** Told before an open list changes. */
  readonly watch: Watch<OpenList, OpenList>;
  /** Oldest first, as it is now. */
  open(): readonly OpenList[];
  closed(): readonly ClosedList[];
}

export interface StoredLists {
  readonly open: Iterable<OpenList>;
  readonly closed: Iterable<ClosedList>;
}

/** How long a list is remembered, so that the same event is taken once; milliseconds. */
export const REMEMBERED = 86_400_000;

export function createOpenLists({ joinWindow, labelTypes }: FitRules, stored?: StoredLists): OpenLists {
  const open = createShelf<OpenList>((list) => list.id);
  const closed = createShelf<ClosedList>((list) => list.id);
  const ofUser = createShelf<OpenList>((list) => list.user);
  const watch = createWatch(copyOfList);
  const openFor = joinWindow + LATENESS;
  for (const list of stored?.open ?? []) add(list);
  for (const list of stored?.closed ?? []) closed.add(list);

  function add(list: OpenList): void {
    open.add(list);
    if (list.user !== '') ofUser.add(list);
  }

  return {
    add,
    has(ranking, print) {
      const isSame = (list: ClosedList): boolean => list.shownAt === ranking.time && list.print === print;
      return open.of(ranking.id).some(isSame) || closed.of(ranking.id).some(isSame);
    },
    expire(clock) {
      for (let list = open.first(); list && clock - list.time > openFor; list = open.first()) {
        open.removeFirst();
        if (list.user !== '') ofUser.removeFirst();
        const { id, print, time, shownAt } = list;
        closed.add({ id, print, time, shownAt });
      }
      for (let list = closed.first(); list && clock - list.time > REMEMBERED; list = closed.first())
        closed.removeFirst();
    },
    listOf(click, item) {
      const placeIn = ({ items }: OpenList): number => items.indexOf(item);
      if (click.ranking === '') return unnamed(click, placeIn);
      const lists = open.of(click.ranking);
      if (lists.length === 0) throw closed.of(click.ranking).length > 0 ? tooLate(click) : unknown(click);
      const within = click.cameInTime === true ? openFor : joinWindow;
      return fittingList(click, meant(lists, click), { shownAt, userOf, placeIn, joinWindow: within, labelTypes });
    },
    get size() {
      return open.size;
    },
    forgetUser(user) {
      const lists = [...ofUser.of(user)];
      ofUser.removeAll(user);
      for (const list of lists) {
        watch.before(list);
        list.user = '';
      }
      return lists.length > 0;
    },
    watch,
    open: () => open.all(),
    closed: () => closed.all(),
    clear() {
      open.clear();
      ofUser.clear();
      closed.clear();
    },
  };

  /** Where the caller knows when the list was shown, and to whom, it is none of the others. */
  function meant(lists: readonly OpenList[], click: ListClick): readonly OpenList[] {
    if (click.shownAt === undefined || lists.length === 1) return lists;
    const ofTime = lists.filter((list) => list.shownAt === click.shownAt);
    const ofUser = ofTime.filter((list) => list.user === click.user);
    return ofUser.length > 0 ? ofUser : ofTime;
  }

  function unnamed(click: InteractionEvent, placeIn: (list: OpenList) => number): OpenList {
    const { user, time } = click;
    const seen = ofUser
      .of(user)
      .filter((list) => list.shownAt <= time && time - list.shownAt <= joinWindow && placeIn(list) >= 0);
    return fittingUnnamed(click, seen, { shownAt, joinWindow });
  }

  function tooLate({ ranking }: InteractionEvent): RejectedEvent {
    return new RejectedEvent(
      'late-interaction',
      `expected within ${joinWindow / 60_000} minutes of list "${ranking}", found it later`,
    );
  }
}

const shownAt = (list: OpenList): number => list.shownAt;
const userOf = (list: OpenList): string => list.user;

const unknown = ({ ranking }: InteractionEvent): RejectedEvent =>
  new RejectedEvent('unknown-list', `expected a list that was shown, found no "${ranking}"`);
