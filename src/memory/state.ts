/**
 * What was known before an impression: counters over everything that happened so far. Training, evaluation and serving use this one state, so that no feature can see
 * its own impression or anything later.
 */
import { createTastes, type Tastes } from './tastes.ts';

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

export interface SeenState {
  shown: number;
  clicked: number;
  lastShown: number;
}

/** What one user did. */
export interface UserState {
  readonly id: string;
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
  /** Per item index. */
  readonly seen: Map<number, SeenState>;
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
  readonly users: Map<string, UserState>;
}

/** `denseColumns`: how many dense columns an item version has. */
export function createState(denseColumns: number): LastingState {
  const items = new Map<number, ItemState>();
  const users = new Map<string, UserState>();
  return {
    items,
    users,
    positionExposures: [],
    positionClicks: [],
    exposures: 0,
    clicks: 0,
    itemToChange(item) {
      const known = items.get(item);
      if (known) return known;
      const fresh = createItemState();
      items.set(item, fresh);
      return fresh;
    },
    userToChange(id) {
      const known = users.get(id);
      if (known) return known;
      const fresh = createUserState(id, denseColumns);
      users.set(id, fresh);
      return fresh;
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

export const createUserState = (id: string, denseColumns: number): UserState => ({
  id,
  impressions: 0,
  exposures: 0,
  clicks: 0,
  expected: 0,
  lastImpression: -1,
  sessionImpressions: 0,
  tastes: createTastes(),
  leanings: new Float64Array(denseColumns),
  seen: new Map(),
  clicked: [],
  skipped: [],
});
