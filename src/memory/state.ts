/**
 * What was known before an impression: counters over everything that happened so far. Training, evaluation and serving use this one state, so that no feature can see
 * its own impression or anything later.
 */

import { createSeen, type Seen } from './seen.ts';
import { createTastes, type Tastes } from './tastes.ts';
import { createWatch, type Watch } from './watch.ts';

/** Counts of one item over all users. */
export interface ItemState {
  exposures: number;
  clicks: number;
  /** Sum over exposures of the click rate expected of the user and the position, whatever the item. */
  expected: number;
  /** Exponentially decayed exposures and clicks, as of `decayedAt`. */
  recentExposures: number;
  recentClicks: number;
  decayedAt: number;
  /** Ids of the users who clicked it, latest first, each once. */
  readonly clickers: string[];
}

/** What one user did. */
export interface UserState {
  readonly id: string;
  /** Another for every user, and for one who was forgotten and comes back; none of one who is only asked about. */
  readonly life?: number | undefined;
  impressions: number;
  exposures: number;
  clicks: number;
  /** Sum over exposures of the click rate expected of the item and the position, whatever the user. */
  expected: number;
  lastImpression: number;
  sessionImpressions: number;
  /** Per token of all fields. */
  readonly tastes: Tastes;
  /** Residual-weighted sums of the items' dense columns. */
  readonly leanings: Float64Array;
  readonly seen: Seen;
  /** Item indices, latest first: every item once, by its last click, and by its last exposure that was not clicked (so far). */
  readonly clicked: number[];
  readonly skipped: number[];
}

export interface Lookup<K, V> {
  get(key: K): V | undefined;
}

/** The counters, for reading. */
export interface FeatureState {
  /** By item index. */
  readonly items: Lookup<number, ItemState>;
  /** By user id. */
  readonly users: Lookup<string, UserState>;
  /** Per position. */
  readonly positionExposures: readonly number[];
  readonly positionClicks: readonly number[];
  readonly exposures: number;
  readonly clicks: number;
}

/** The counters, for what happens next. */
export interface WritableState extends FeatureState {
  readonly positionExposures: number[];
  readonly positionClicks: number[];
  exposures: number;
  clicks: number;
  /** An item's counters, to be changed; new ones at first sight. */
  itemToChange(item: number): ItemState;
  userToChange(id: string): UserState;
}

/** The counters that last. */
export interface LastingState extends WritableState {
  readonly items: Map<number, ItemState>;
  readonly users: KeptUsers;
  /** Told before an item's counters change. */
  readonly itemWatch: Watch<ItemState, ItemState>;
  /** Takes a user away from those who clicked an item; whether there was one. */
  forgetClicker(id: string): boolean;
}

/** Users that change, come and go. */
export interface KeptUsers extends Lookup<string, UserState> {
  readonly size: number;
  /** To be changed until the next call; a new one at first sight. */
  toChange(id: string): UserState;
  delete(id: string): boolean;
  /** In the order in which they came, then those of `others` who are not there; nobody is unpacked. */
  ids(others: Iterable<string>): IterableIterator<string>;
  /** In the order in which they were first met. */
  entries(): IterableIterator<readonly [id: string, user: UserState]>;
}

/** Counters of nothing but these users. */
export function createState(users: KeptUsers): LastingState {
  const items = new Map<number, ItemState>();
  const itemWatch = createWatch(copyOfItem);
  return {
    items,
    itemWatch,
    users,
    positionExposures: [],
    positionClicks: [],
    exposures: 0,
    clicks: 0,
    itemToChange(item) {
      const known = items.get(item);
      if (known) {
        itemWatch.before(known);
        return known;
      }
      const fresh = createItemState();
      items.set(item, fresh);
      return fresh;
    },
    userToChange: users.toChange,
    forgetClicker(id) {
      let isKnown = false;
      for (const item of items.values()) {
        const at = item.clickers.indexOf(id);
        if (at < 0) continue;
        isKnown = true;
        itemWatch.before(item);
        item.clickers.splice(at, 1);
      }
      return isKnown;
    },
  };
}

export const createItemState = (): ItemState => ({
  exposures: 0,
  clicks: 0,
  expected: 0,
  recentExposures: 0,
  recentClicks: 0,
  decayedAt: 0,
  clickers: [],
});

export const copyOfItem = (item: ItemState): ItemState => ({ ...item, clickers: [...item.clickers] });

export const createUserState = (id: string, denseColumns: number, life?: number): UserState => ({
  id,
  life,
  impressions: 0,
  exposures: 0,
  clicks: 0,
  expected: 0,
  lastImpression: -1,
  sessionImpressions: 0,
  tastes: createTastes(),
  leanings: new Float64Array(denseColumns),
  seen: createSeen(),
  clicked: [],
  skipped: [],
});
