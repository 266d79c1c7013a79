/** What is asked and told over the wire. Made by `npm run client:types` from the schemas of the server: do not edit. */

/** An item of a list, where more is to be said than its id. */
export interface AskedItem {
  /** Of the item. */
  readonly id: string | number;
  /** Fields of this item in this list only, such as its relevancy. */
  readonly fields?: FieldsByName | undefined;
  /** From 0, on the page; its place in the list where it is left out. */
  readonly position?: number | undefined;
  readonly row?: number | undefined;
  readonly col?: number | undefined;
}

/** Who asks, and about which items. */
export interface AskedList {
  /** Answers name it; `request 1`, `request 2`, ... by its place where it is left out. */
  readonly id?: string | number | undefined;
  /** When the list is shown; now where it is left out. */
  readonly time?: number | string | undefined;
  /** The same, under the name that logs have. */
  readonly timestamp?: number | string | undefined;
  /** As logs have it; says nothing more. */
  readonly event?: 'ranking' | undefined;
  /** Left out or empty: nobody known. */
  readonly user?: string | number | undefined;
  readonly session?: string | undefined;
  readonly surface?: string | undefined;
  readonly variant?: string | undefined;
  readonly policy?: string | undefined;
  /** Fields of the list as a whole, such as the query. */
  readonly fields?: FieldsByName | undefined;
  /** The items of the list, or the candidates for one, each once; an empty list is answered as one. */
  readonly items: readonly (string | number | AskedItem)[];
}

/** One event, or a list of them. An event that cannot be used is answered as rejected, and costs the others nothing. */
export type EventsBody = SentEvent | readonly SentEvent[];

/** Lists to be explained. */
export interface ExplainBody {
  /** The active one where it is left out. */
  readonly model?: string | undefined;
  /** Short lists, as they are shown. */
  readonly requests: readonly ExplainedList[];
  /** Milliseconds after which a cheaper answer comes; its `fallback` says which. */
  readonly deadlineMs?: number | undefined;
}

/** A list that is explained: a short one, as it is shown. */
export interface ExplainedList {
  /** Answers name it; `request 1`, `request 2`, ... by its place where it is left out. */
  readonly id?: string | number | undefined;
  /** When the list is shown; now where it is left out. */
  readonly time?: number | string | undefined;
  /** The same, under the name that logs have. */
  readonly timestamp?: number | string | undefined;
  /** As logs have it; says nothing more. */
  readonly event?: 'ranking' | undefined;
  /** Left out or empty: nobody known. */
  readonly user?: string | number | undefined;
  readonly session?: string | undefined;
  readonly surface?: string | undefined;
  readonly variant?: string | undefined;
  readonly policy?: string | undefined;
  /** Fields of the list as a whole, such as the query. */
  readonly fields?: FieldsByName | undefined;
  /** The items of the list, or the candidates for one, each once; an empty list is answered as one. */
  readonly items: readonly (string | number | AskedItem)[];
}

/** Values by name that replace what is known; null deletes a field. */
export type FieldChangesByName =
  | Readonly<Record<string, string | number | boolean | readonly string[] | readonly number[] | null>>
  | readonly {
      readonly name: string;
      readonly value: string | number | boolean | readonly string[] | readonly number[] | null;
    }[];

/** Of items by id: fields that are taken to have these values in this answer, such as `{"large": {"price": 140}}`; null takes a field away. */
export type FieldsAsIf = Readonly<Record<string, FieldChangesByName>>;

/** Values by name, or as logs have them: a list of names and values. */
export type FieldsByName =
  | Readonly<Record<string, string | number | boolean | readonly string[] | readonly number[]>>
  | readonly {
      readonly name: string;
      readonly value: string | number | boolean | readonly string[] | readonly number[];
    }[];

/** Candidates, and what kind of list is to be made of them. */
export interface GenerateBody {
  /** The active one where it is left out. */
  readonly model?: string | undefined;
  /** One list or several. */
  readonly requests: readonly AskedList[];
  /** Milliseconds after which a cheaper answer comes; its `fallback` says which. */
  readonly deadlineMs?: number | undefined;
  /** False: nobody is shown the answer. It stands in no journal and among no last lists, and takes part in no experiment. True where it is left out. */
  readonly note?: boolean | undefined;
  /** Items wanted; as many as the lists had that the model learned from, 10 at most, where it is left out. */
  readonly size?: number | undefined;
  /** What every list must keep, such as `{"unique": ["shop"]}`. */
  readonly rules?: RulesByName | undefined;
  /** `beam+swap` where it is left out. */
  readonly generator?: 'top' | 'rerank' | 'greedy' | 'beam' | 'swap' | 'beam+swap' | 'exhaustive' | undefined;
  /** `clicks`, `any`, or `value:<field>`: clicks, each times a numeric field of its item. */
  readonly objective?: string | undefined;
  /** Further lists, the next best. */
  readonly alternatives?: number | undefined;
  /** Taken off the value for the mean likeness of the items. */
  readonly diversity?: number | undefined;
  /** Items of the page whose top the list is. */
  readonly page?: number | 'candidates' | undefined;
  /** Whether to look for the best list there is, to tell how far the answer is from it; `none` where it is left out. */
  readonly best?: 'none' | 'if-few' | 'search' | undefined;
  /** Whether to tell what each rule costs; not told where it is left out. */
  readonly prices?: boolean | undefined;
  readonly asIf?: FieldsAsIf | undefined;
  /** Draws the list at random with known probabilities instead of taking the best. Each request needs an `id` of its own, or is given one. */
  readonly explore?:
    | {
        readonly policy: 'plackett-luce' | 'epsilon';
        /** Of plackett-luce, in units of the objective: an item that adds so much more is e times as likely. */
        readonly temperature?: number | undefined;
        /** Of plackett-luce: what an item is worth below those above it, or by itself; `above` where left out. */
        readonly values?: 'above' | 'alone' | undefined;
        /** Of epsilon: the share of lists that are drawn. */
        readonly epsilon?: number | undefined;
        /** Whether to tell what exploring costs on average, which takes time. */
        readonly price?: boolean | undefined;
      }
    | undefined;
  readonly seed?: number | undefined;
}

/** What every list must keep, such as `{"unique": ["shop"]}`. */
export interface RulesByName {
  readonly pin?:
    | readonly {
        readonly item: string;
        readonly position: number;
      }[]
    | undefined;
  readonly exclude?: readonly string[] | undefined;
  readonly excludeWhere?:
    | readonly {
        readonly field: string;
        readonly value: string | number | boolean;
      }[]
    | undefined;
  readonly atMost?:
    | readonly {
        readonly field: string;
        readonly value?: string | number | boolean | undefined;
        readonly count: number;
      }[]
    | undefined;
  readonly atLeast?:
    | readonly {
        readonly field: string;
        readonly value: string | number | boolean;
        readonly count: number;
      }[]
    | undefined;
  readonly unique?: readonly string[] | undefined;
  readonly keepFirst?: number | undefined;
  readonly minExposure?:
    | readonly {
        readonly field: string;
        readonly value: string | number | boolean;
        readonly share: number;
      }[]
    | undefined;
}

/** Lists to be scored or ranked. */
export interface ScoreBody {
  /** The active one where it is left out. */
  readonly model?: string | undefined;
  /** One list or several. */
  readonly requests: readonly AskedList[];
  /** Milliseconds after which a cheaper answer comes; its `fallback` says which. */
  readonly deadlineMs?: number | undefined;
  /** False: nobody is shown the answer. It stands in no journal and among no last lists, and takes part in no experiment. True where it is left out. */
  readonly note?: boolean | undefined;
}

/** An event. */
export type SentEvent = SentItem | SentUser | SentList | SentInteraction;

/** What a user did to an item of a list. It names the list, or the user who saw it, or both. */
export interface SentInteraction {
  readonly event: 'interaction';
  /** Of the event: one that comes again is taken once. */
  readonly id?: string | number | undefined;
  /** Now where it is left out. */
  readonly time?: number | string | undefined;
  /** The same, under the name that logs have. */
  readonly timestamp?: number | string | undefined;
  readonly ranking?: string | number | undefined;
  readonly user?: string | number | undefined;
  readonly session?: string | undefined;
  readonly item: string | number;
  /** `click` counts as a click; others where the model learned from them. */
  readonly type: string;
}

/** What is known of an item from a time on: what is named changes, the rest stays, null deletes a field. */
export interface SentItem {
  readonly event: 'item';
  /** Of the event: one that comes again is taken once. */
  readonly id?: string | number | undefined;
  readonly item: string | number;
  /** Now where it is left out. */
  readonly time?: number | string | undefined;
  /** The same, under the name that logs have. */
  readonly timestamp?: number | string | undefined;
  readonly fields?: FieldChangesByName | undefined;
}

/** A list that was shown, in the order in which it was shown. */
export interface SentList {
  readonly event: 'ranking';
  /** Of the list: clicks name it. */
  readonly id: string | number;
  /** Now where it is left out. */
  readonly time?: number | string | undefined;
  /** The same, under the name that logs have. */
  readonly timestamp?: number | string | undefined;
  readonly user?: string | number | undefined;
  readonly session?: string | undefined;
  readonly surface?: string | undefined;
  readonly variant?: string | undefined;
  readonly policy?: string | undefined;
  readonly propensity?: number | undefined;
  readonly fields?: FieldsByName | undefined;
  readonly items: readonly (string | number | SentListItem)[];
}

/** An item of a list that was shown. */
export interface SentListItem {
  readonly id: string | number;
  readonly fields?: FieldsByName | undefined;
  readonly position?: number | undefined;
  readonly row?: number | undefined;
  readonly col?: number | undefined;
  readonly propensity?: number | undefined;
  readonly placePropensity?: number | undefined;
}

/** What is known of a user, in the same way. */
export interface SentUser {
  readonly event: 'user';
  /** Of the event: one that comes again is taken once. */
  readonly id?: string | number | undefined;
  readonly user: string | number;
  /** Now where it is left out. */
  readonly time?: number | string | undefined;
  /** The same, under the name that logs have. */
  readonly timestamp?: number | string | undefined;
  readonly fields?: FieldChangesByName | undefined;
}

/** A list as it might be. */
export interface WhatIfBody {
  /** The active one where it is left out. */
  readonly model?: string | undefined;
  /** The list, as it would be shown. */
  readonly list: ExplainedList;
  readonly asIf?: FieldsAsIf | undefined;
  /** Items that are not on the list: the best exchange of one of them for one that is on it is told. */
  readonly swaps?: readonly (string | number)[] | undefined;
  /** Items of the list that stay: no exchange takes one of them out. */
  readonly pinned?: readonly (string | number)[] | undefined;
  /** Milliseconds after which it is refused instead. */
  readonly deadlineMs?: number | undefined;
}
