/** What `createOpenLists` promises, by plain objects in arrays: what tests compare it with. */
import { REMEMBERED } from '../src/memory/closed-rows.ts';
import type { ClosedList, OpenList } from '../src/memory/open-list.ts';
import type { ListClick } from '../src/memory/open-lists.ts';
import { type FitRules, fittingList, fittingUnnamed, LATENESS } from '../src/slate/fitting-list.ts';
import { RejectedEvent } from '../src/slate/rejected-event.ts';

export interface PlainLists {
  open(): OpenList[];
  closed(): ClosedList[];
  add(list: OpenList): void;
  has(list: { readonly id: string; readonly time: number }, print: number): boolean;
  expire(clock: number): void;
  find(click: ListClick, item: number): OpenList;
  mark(list: OpenList, k: number, isAtOnce: boolean): void;
  forgetUser(user: string): boolean;
  clear(): void;
  size(): number;
}

export function plainLists({ joinWindow, labelTypes }: FitRules): PlainLists {
  let open: OpenList[] = [];
  let closed: ClosedList[] = [];
  const openFor = joinWindow + LATENESS;
  const shownAt = (list: OpenList): number => list.shownAt;
  const userOf = (list: OpenList): string => list.user;
  return {
    open: () => structuredClone(open),
    closed: () => structuredClone(closed),
    add: (list: OpenList) => void open.push(structuredClone(list)),
    has: ({ id, time }, print) =>
      [...open, ...closed].some((list) => list.id === id && list.shownAt === time && list.print === print),
    expire(clock: number) {
      const isOver = ({ time }: OpenList): boolean => clock - time > openFor;
      closed.push(...open.filter(isOver).map(({ id, print, time, shownAt: at }) => ({ id, print, time, shownAt: at })));
      open = open.filter((list) => !isOver(list));
      closed = closed.filter(({ time }) => clock - time <= REMEMBERED);
    },
    find(click: ListClick, item: number): OpenList {
      const placeIn = ({ items }: OpenList): number => items.indexOf(item);
      if (click.ranking === '') {
        const { user, time } = click;
        const seen = open.filter((list) => user !== '' && list.user === user && placeIn(list) >= 0);
        const inTime = seen.filter((list) => list.shownAt <= time && time - list.shownAt <= joinWindow);
        return fittingUnnamed(click, inTime, { shownAt, joinWindow });
      }
      let lists = open.filter(({ id }) => id === click.ranking);
      if (lists.length === 0)
        throw new RejectedEvent(
          closed.some(({ id }) => id === click.ranking) ? 'late-interaction' : 'unknown-list',
          'model',
        );
      if (click.shownAt !== undefined && lists.length > 1) {
        lists = lists.filter((list) => list.shownAt === click.shownAt);
        const ofUser = lists.filter(({ user }) => user === click.user);
        if (ofUser.length > 0) lists = ofUser;
      }
      const within = click.cameInTime === true ? openFor : joinWindow;
      return fittingList(click, lists, { shownAt, userOf, placeIn, joinWindow: within, labelTypes });
    },
    mark(list: OpenList, k: number, isAtOnce: boolean) {
      list.clickedK = list.clickedK.with(k, 1);
      if (isAtOnce) list.clickedAtOnceK = list.clickedAtOnceK.with(k, 1);
    },
    forgetUser(user: string) {
      const known = open.filter((list) => user !== '' && list.user === user);
      for (const list of known) list.user = '';
      return known.length > 0;
    },
    size: () => open.length,
    clear() {
      open = [];
      closed = [];
    },
  };
}
