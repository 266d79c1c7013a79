import type { Fields, FieldUpdates } from './fields.ts';

/** Metadata of an item from `time` on: what it names changes, the rest stays as earlier events told it. Times are epoch milliseconds. */
export interface ItemEvent {
  readonly event: 'item';
  readonly item: string;
  readonly time: number;
  readonly fields: FieldUpdates;
}

/** Metadata of a user, in the same way. */
export interface UserEvent {
  readonly event: 'user';
  readonly user: string;
  readonly time: number;
  readonly fields: FieldUpdates;
}

/** An item of a list. */
export interface RankedItem {
  readonly id: string;
  /** Fields that belong to this item in this list only, such as `relevancy`. */
  readonly fields: Fields;
  /** 0-based position on the page; the index in the list when absent. */
  readonly position?: number;
  readonly row?: number;
  readonly col?: number;
  /** The logging policy's probability of this item at this place, given those above it and the set of items shown; in (0, 1]. A policy that draws 4 of 200 must note 1/4, 1/3, ... here. */
  readonly propensity?: number;
  /** The same whatever stands above: the share of such lists in which the policy puts this item here; in (0, 1]. */
  readonly placePropensity?: number;
}

/** One slate shown (or to be scored). */
export interface RankingEvent {
  readonly event: 'ranking';
  readonly id: string;
  readonly time: number;
  /** Empty string when the log names no user: such an impression has no user history. */
  readonly user: string;
  readonly session?: string;
  readonly surface?: string;
  readonly variant?: string;
  readonly policy?: string;
  readonly propensity?: number;
  readonly fields: Fields;
  readonly items: readonly RankedItem[];
  /** Of a request for a slate: how many of the items are wanted. */
  readonly size?: number;
  /** Of a request for a slate: milliseconds after which a search ends with the best slate so far. */
  readonly deadline?: number;
  /** Of a request for a slate: the rules it must keep, as JSON (`generate/rules/rules.ts` reads them). */
  readonly rules?: unknown;
}

/** Something the user did to an item of a shown slate. Only `type === 'click'` is a label. */
export interface InteractionEvent {
  readonly event: 'interaction';
  /** Empty string when the log names no list: then it is the latest one with the item that the user saw. */
  readonly ranking: string;
  readonly time: number;
  readonly user: string;
  readonly item: string;
  readonly type: string;
}

/** One event of a log. */
export type LogEvent = ItemEvent | UserEvent | RankingEvent | InteractionEvent;
