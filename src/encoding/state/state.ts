/**
 * What was known before an impression: counters that replay a log in time order. Training, evaluation and serving use this one accumulator, so that no feature
 * can see its own impression or anything later.
 *
 * An impression and its exposures enter at its time, a click at the click's time; an impression at time t sees only what entered strictly before t.
 */
import { createEventQueue, type EventQueue } from './event-queue.ts';

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

/** What one user did with the items that carry one token (a category or tag value). */
export interface TasteState {
  exposures: number;
  /** Clicks minus the clicks expected of these items for this user. */
  residual: number;
  /** Sums of the token's weight in the unit token vectors of clicked and of shown-but-not-clicked items: their dot product with an item's vector is a sum of cosines. */
  clicked: number;
  skipped: number;
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
  readonly tastes: Map<number, TasteState>;
  /** Residual-weighted sums of the items' dense columns. */
  readonly leanings: Float64Array;
  /** Per item index. */
  readonly seen: Map<number, SeenState>;
  /** Item indices, latest first: every item once, by its last click, and by its last exposure that was not clicked (so far). */
  readonly clicked: number[];
  readonly skipped: number[];
}

/** A list shown to a user, on its way into the state. */
export interface PendingImpression {
  readonly time: number;
  readonly kind: 'impression';
  readonly user: UserState;
}

/** An exposure of one item, or a click on it, on its way into the state. */
export interface PendingSlot {
  readonly time: number;
  readonly kind: 'exposure' | 'click';
  readonly user: UserState | undefined;
  readonly item: number;
  readonly position: number;
  /** Clicks expected of this exposure: see `ItemState.expected`, `UserState.expected`, and both together. */
  readonly expectedOfUser: number;
  readonly expectedOfItem: number;
  readonly expectedOfBoth: number;
}

export type PendingEvent = PendingImpression | PendingSlot;

export interface FeatureState {
  readonly items: Map<number, ItemState>;
  readonly users: Map<string, UserState>;
  /** Per position. */
  readonly positionExposures: number[];
  readonly positionClicks: number[];
  exposures: number;
  clicks: number;
  readonly pending: EventQueue<PendingEvent>;
}

export function createFeatureState(): FeatureState {
  return {
    items: new Map(),
    users: new Map(),
    positionExposures: [],
    positionClicks: [],
    exposures: 0,
    clicks: 0,
    pending: createEventQueue(),
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
  tastes: new Map(),
  leanings: new Float64Array(denseColumns),
  seen: new Map(),
  clicked: [],
  skipped: [],
});
