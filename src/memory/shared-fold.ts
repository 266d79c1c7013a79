/**
 * What all users change together: the counters of items and positions, and of each user only what those depend on, clicks and expected clicks. A fold over the lists of a log in the
 * order of time, which tells of each list what a memory knows of its items just before it. With that told, what is known of one user depends on no other user.
 */
import { bump, clickItem, exposeItem, type PendingClick } from './enter.ts';
import { noMarks, sharedPlaces } from './list-arrays.ts';
import type { OpenList } from './open-list.ts';
import { expectedClicks } from './open-list-of.ts';
import { countedPosition, lift } from './rates.ts';
import { copyOfItem, createItemState, type ItemState } from './state.ts';
import { type ClickOf, createTimeline } from './timeline.ts';
import { NUMBERS, type ToldLists } from './told-lists.ts';

/** A list by numbers. K items. */
export interface FoldedList {
  readonly time: number;
  /** Index of its user; negative of nobody known. */
  readonly user: number;
  /** Item indices of the memory. */
  readonly items: readonly number[];
  readonly positions: readonly number[];
  readonly clickTimesK: ArrayLike<number>;
}

export interface SharedFold {
  /** Adds the next list, after everything before its time has entered; writes what was known as the list `at` of some. */
  add(list: FoldedList, told: ToldLists, at: number): void;
  /** Lets everything strictly before a time enter. */
  advanceTo(time: number): void;
  /** Of the latest list or click. */
  readonly last: number;
  /** Users in the order in which a first list of theirs entered. */
  readonly entered: readonly number[];
  /** What a memory's snapshot holds of it, as of `clock`. Ids and prints of lists are told elsewhere: their sequence is their number. */
  finish(clock: number): FoldedState;
}

export interface FoldedState {
  readonly exposures: number;
  readonly clicks: number;
  readonly positionExposures: readonly number[];
  readonly positionClicks: readonly number[];
  readonly itemStates: readonly (readonly [number, ItemState])[];
  readonly open: readonly OpenList[];
  readonly pendingLists: readonly OpenList[];
  readonly pendingClicks: readonly PendingClick[];
}

/** `users`: ids by index; `openFor`: how long lists wait for clicks. */
export function createSharedFold(users: readonly string[], openFor: number): SharedFold {
  const items = new Map<number, ItemState>();
  const state = { items, positionExposures: [] as number[], positionClicks: [] as number[], exposures: 0, clicks: 0 };
  const counts = { clicks: new Float64Array(users.length), expected: new Float64Array(users.length) };
  const hasEntered = new Uint8Array(users.length);
  const entered: number[] = [];
  const timeline = createTimeline<HeldList>({ enterList, enterClick });
  /** Those that may still be open. */
  let open: HeldList[] = [];
  let sequence = 0;

  return {
    entered,
    get last() {
      return timeline.last;
    },
    advanceTo: timeline.advanceTo,
    add({ time, user, items: shown, positions, clickTimesK }, told, at) {
      timeline.advanceTo(time);
      const K = shown.length;
      write(told, at, { shown, positions });
      const userLift = lift(user < 0 ? undefined : { clicks: counts.clicks[user], expected: counts.expected[user] });
      const list: HeldList = {
        userIndex: user,
        ...{ id: '', print: 0, sequence: sequence++, time, shownAt: time, user: user < 0 ? '' : users[user] },
        ...{
          items: shown,
          positions: sharedPlaces(positions),
          expected3K: expectedClicks(state, { items: shown, positions, userLift }),
        },
        ...{ clickedK: noMarks(K), clickedAtOnceK: noMarks(K) },
      };
      timeline.add(list, clickTimesK);
      open.push(list);
      if (sequence % TIDIED === 0) tidy(time);
    },
    finish(clock) {
      timeline.advanceTo(clock);
      tidy(clock);
      const { lists, clicks } = timeline.waiting();
      return {
        ...state,
        itemStates: Array.from(items, ([index, item]) => [index, copyOfItem(item)] as const),
        open: open.map(({ userIndex: _, ...list }) => list),
        ...{ pendingLists: lists, pendingClicks: clicks },
      };
    },
  };

  function tidy(clock: number): void {
    const first = open.findIndex(({ time }) => clock - time <= openFor);
    open = first < 0 ? [] : open.slice(first);
  }

  function write(told: ToldLists, at: number, { shown, positions }: ShownItems): void {
    told.totalsB2[2 * at] = state.exposures;
    told.totalsB2[2 * at + 1] = state.clicks;
    const start = told.offsets[at];
    told.offsets[at + 1] = start + shown.length;
    for (let k = 0; k < shown.length; k++) {
      told.itemS[start + k] = shown[k];
      const item = items.get(shown[k]);
      const position = countedPosition(positions[k]);
      const n = NUMBERS * (start + k);
      const { numbersSN } = told;
      numbersSN[n] = item?.exposures ?? 0;
      numbersSN[n + 1] = item?.clicks ?? 0;
      numbersSN[n + 2] = item?.expected ?? 0;
      numbersSN[n + 3] = item?.recentExposures ?? 0;
      numbersSN[n + 4] = item?.recentClicks ?? 0;
      numbersSN[n + 5] = item?.decayedAt ?? 0;
      numbersSN[n + 6] = state.positionExposures[position] ?? 0;
      numbersSN[n + 7] = state.positionClicks[position] ?? 0;
    }
  }

  function itemToChange(index: number): ItemState {
    const known = items.get(index);
    if (known) return known;
    const fresh = createItemState();
    items.set(index, fresh);
    return fresh;
  }

  function enterList(list: HeldList): void {
    const user = list.userIndex;
    if (user >= 0 && hasEntered[user] === 0) {
      hasEntered[user] = 1;
      entered.push(user);
    }
    for (let k = 0; k < list.items.length; k++) {
      state.exposures++;
      bump(state.positionExposures, list.positions[k]);
      exposeItem(itemToChange(list.items[k]), list, k);
      if (user >= 0) counts.expected[user] += list.expected3K[3 * k + 1];
      if (list.clickedAtOnceK[k] === 1) enterClick({ list, k, time: list.time });
    }
  }

  function enterClick({ list, k, time }: ClickOf<HeldList>): void {
    const user = list.userIndex;
    state.clicks++;
    bump(state.positionClicks, list.positions[k]);
    clickItem(itemToChange(list.items[k]), time, user < 0 ? undefined : users[user]);
    if (user >= 0) counts.clicks[user]++;
  }
}

/** Lists between two times at which those that are closed are let go. */
const TIDIED = 4096;

interface HeldList extends OpenList {
  readonly userIndex: number;
}

interface ShownItems {
  readonly shown: readonly number[];
  readonly positions: readonly number[];
}
