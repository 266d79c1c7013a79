/** The events of a program, as it writes them: in code or as lines of a log. */
import type { FieldChanges, FieldDefinitions, FieldsOf } from './fields.ts';

/** A moment: milliseconds since 1970, a `Date`, or ISO 8601 text (UTC where it names no zone). */
export type Moment = number | string | Date;

/** What is known of an item from a time on: what it names changes, the rest stays; `null` deletes a field. */
export interface ItemInput<F extends FieldDefinitions = FieldDefinitions> {
  readonly event: 'item';
  readonly item: string | number;
  readonly time: Moment;
  readonly fields?: FieldChanges<F, 'item'> | undefined;
}

/** What is known of a user, in the same way. */
export interface UserInput<F extends FieldDefinitions = FieldDefinitions> {
  readonly event: 'user';
  readonly user: string | number;
  readonly time: Moment;
  readonly fields?: FieldChanges<F, 'user'> | undefined;
}

/** An item of a list, where more is to be said than its id. */
export interface ListedItem<F extends FieldDefinitions = FieldDefinitions> {
  readonly id: string | number;
  /** Fields of this item in this list only, such as its relevancy. What belongs to the item itself is told by item events. */
  readonly fields?: FieldsOf<F, 'rankedItem'> | undefined;
  /** From 0, on the page; its place in `items` where it is left out. */
  readonly position?: number | undefined;
  readonly row?: number | undefined;
  readonly col?: number | undefined;
  /** The probability with which the shop's policy put this item here, given those above it; above 0, at most 1. */
  readonly propensity?: number | undefined;
  /** The same whatever stands above. */
  readonly placePropensity?: number | undefined;
}

/** A list that was shown, in the order in which it was shown. */
export interface RankingInput<F extends FieldDefinitions = FieldDefinitions> {
  readonly event: 'ranking';
  /** Clicks name it. */
  readonly id: string | number;
  readonly time: Moment;
  /** Absent or empty: nobody known. */
  readonly user?: string | number | undefined;
  readonly session?: string | number | undefined;
  readonly surface?: string | undefined;
  readonly variant?: string | undefined;
  readonly policy?: string | undefined;
  readonly propensity?: number | undefined;
  readonly fields?: FieldsOf<F, 'ranking'> | undefined;
  readonly items: readonly (string | number | ListedItem<F>)[];
}

/** What a user did to an item of a list. It names the list, or the user who saw it, or both. */
export interface InteractionInput {
  readonly event: 'interaction';
  readonly time: Moment;
  readonly ranking?: string | number | undefined;
  readonly user?: string | number | undefined;
  readonly item: string | number;
  /** `click` counts as a click; other types count where the settings' `labelTypes` say so. */
  readonly type: string;
}

/** An event to train from. Lines of a log (`timestamp`, and `fields` as a list of `{name, value}`) are read too: what `JSON.parse` gives needs no change. */
export type EventInput<F extends FieldDefinitions = FieldDefinitions> =
  | ItemInput<F>
  | UserInput<F>
  | RankingInput<F>
  | InteractionInput;

type Now<E> = E extends { readonly time: Moment } ? Omit<E, 'time'> & { readonly time?: Moment | undefined } : never;

/** An event that happens while a model is at work; without a time, it happens now. */
export type LiveEvent<F extends FieldDefinitions = FieldDefinitions> = Now<EventInput<F>>;

/** Where events come from: a list, anything that can be iterated over, or the path of a log or of a data set folder. */
export type EventsInput<F extends FieldDefinitions = FieldDefinitions> =
  | string
  | Iterable<EventInput<F>>
  | AsyncIterable<EventInput<F>>;
