import type { InteractionEvent, RankingEvent } from '../slate/events.ts';
import { type FitRules, fittingList, fittingUnnamed, LATENESS } from '../slate/fitting-list.ts';
import { RejectedEvent } from '../slate/rejected-event.ts';
import { createClosedRows } from './closed-rows.ts';
import type { ClosedList, OpenList } from './open-list.ts';
import { type CapturedLists, createOpenRows } from './open-rows.ts';
import type { OpenHead } from './packed-list.ts';
import type { PackedList } from './packed-lists.ts';

/** A click, and what is known of it where it was joined to its list before. */
export type ListClick = InteractionEvent & {
  /** The time of its list: of several lists with one id it is on that one. */
  readonly shownAt?: number | undefined;
  /** Its time is when it entered a server's memory; its own, which is not known any more, was within the window. */
  readonly cameInTime?: boolean | undefined;
};

/** An open list, and how it is told that a click on it came. */
export interface FoundList {
  readonly list: OpenList;
  /** A click on its k-th item came, and whether it is of the list's own millisecond. */
  mark(k: number, isAtOnce: boolean): void;
}

/** Lists that wait for clicks, and those that were closed within a day: bounded by time, whatever the number of lists. They lie in bytes: a garbage collector sees none of them. */
export interface OpenLists {
  add(list: OpenList): void;
  /** Put at the end as a capture told them. */
  restoreOpen(list: PackedList): void;
  restoreClosed(list: ClosedList): void;
  /** Whether this very list was shown within the last day, or is open: the same id, time, user and items. */
  has(ranking: Pick<RankingEvent, 'id' | 'time'>, print: number): boolean;
  /** Closes lists whose window has passed, and forgets those of long ago. */
  expire(clock: number): void;
  /** The list that a click is on, by the rule of `slate/fitting-list.ts`. `item` is its item's index. Throws `RejectedEvent`. */
  find(click: ListClick, item: number): FoundList;
  clear(): void;
  /** Of those that are open. */
  readonly size: number;
  /** Those of a user are nobody's from now on; whether there were any. */
  forgetUser(user: string): boolean;
  /** Oldest first, as it is now. */
  open(): readonly OpenList[];
  /** Users of those that are open, one for each list. */
  users(): Iterable<string>;
  /** Those of some sequences. */
  withSequences(wanted: ReadonlySet<number>): ReadonlyMap<number, OpenList>;
  capture(): CapturedLists;
  /** Oldest first, as they are now, whatever comes later. */
  closed(): Iterable<ClosedList>;
}

export function createOpenLists({ joinWindow, labelTypes }: FitRules): OpenLists {
  const open = createOpenRows();
  const closed = createClosedRows();
  const openFor = joinWindow + LATENESS;
  const shownAt = (row: number): number => open.headOf(row).shownAt;
  /** When the oldest that is open entered. */
  let oldest = Number.POSITIVE_INFINITY;
  const oldestNow = (): number => (open.size > 0 ? open.headOf(open.first).time : Number.POSITIVE_INFINITY);

  function* rows(): Generator<number> {
    for (let row = open.first; row < open.end; row++) yield row;
  }

  return {
    add(list) {
      if (open.size === 0) oldest = list.time;
      open.add(list);
    },
    restoreOpen(list) {
      open.restore(list);
      if (open.size === 1) oldest = oldestNow();
    },
    restoreClosed: closed.add,
    has({ id, time }, print) {
      const isSame = (list: OpenHead): boolean => list.shownAt === time && list.print === print;
      return open.of(id).some((row) => isSame(open.headOf(row))) || closed.hasList({ id, print, shownAt: time });
    },
    expire(clock) {
      for (; clock - oldest > openFor; oldest = oldestNow()) {
        closed.add({ id: open.idOf(open.first), ...open.headOf(open.first) });
        open.removeFirst();
      }
      closed.expire(clock);
    },
    find(click, item) {
      const row = rowOf(click, item);
      return { list: open.listOf(row), mark: (k, isAtOnce) => open.mark(row, k, isAtOnce) };
    },
    get size() {
      return open.size;
    },
    forgetUser: open.forgetUser,
    open: () => Array.from(rows(), open.listOf),
    *users() {
      for (const row of rows()) yield open.userOf(row);
    },
    withSequences(wanted) {
      const found = new Map<number, OpenList>();
      if (wanted.size === 0) return found;
      for (const row of rows()) {
        const { sequence } = open.headOf(row);
        if (wanted.has(sequence)) found.set(sequence, open.listOf(row));
      }
      return found;
    },
    capture: open.capture,
    closed: closed.capture,
    clear() {
      open.clear();
      closed.clear();
      oldest = Number.POSITIVE_INFINITY;
    },
  };

  function rowOf(click: ListClick, item: number): number {
    const placeIn = (row: number): number => open.placeIn(row, item);
    if (click.ranking === '') return unnamed(click, placeIn);
    const found = open.of(click.ranking);
    if (found.length === 0) throw closed.has(click.ranking) ? tooLate(click) : unknown(click);
    const within = click.cameInTime === true ? openFor : joinWindow;
    const view = { shownAt, userOf: open.userOf, placeIn };
    return fittingList(click, meant(found, click), { ...view, joinWindow: within, labelTypes });
  }

  /** Where the caller knows when the list was shown, and to whom, it is none of the others. */
  function meant(found: readonly number[], click: ListClick): readonly number[] {
    if (click.shownAt === undefined || found.length === 1) return found;
    const ofTime = found.filter((row) => shownAt(row) === click.shownAt);
    const ofUser = ofTime.filter((row) => open.userOf(row) === click.user);
    return ofUser.length > 0 ? ofUser : ofTime;
  }

  function unnamed(click: InteractionEvent, placeIn: (row: number) => number): number {
    const { user, time } = click;
    const isMeant = (row: number): boolean => {
      const at = shownAt(row);
      return at <= time && time - at <= joinWindow && placeIn(row) >= 0;
    };
    return fittingUnnamed(click, open.ofUser(user).filter(isMeant), { shownAt, joinWindow });
  }

  function tooLate({ ranking }: InteractionEvent): RejectedEvent {
    return new RejectedEvent(
      'late-interaction',
      `expected within ${joinWindow / 60_000} minutes of list "${ranking}", found it later`,
    );
  }
}

const unknown = ({ ranking }: InteractionEvent): RejectedEvent =>
  new RejectedEvent('unknown-list', `expected a list that was shown, found no "${ranking}"`);
