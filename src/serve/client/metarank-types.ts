/** What Metarank's clients ask and are answered. Made by `npm run client:types` from the schemas of the server: do not edit. */

import type { AskedItem, EventsBody, FieldsByName } from './body-types.ts';

/** How many events were taken. */
export interface MetarankEventsAnswer {
  readonly accepted: number;
  /** `rejected`: some were. */
  readonly status: 'ok' | 'rejected';
  readonly tookMillis: number;
  /** Events that changed what is known. */
  readonly updated: number;
  readonly rejected?:
    | readonly {
        readonly code: string;
        readonly message: string;
      }[]
    | undefined;
}

/** Events of Metarank's form: one, a list, or one a line. `label`, `tenant`, and fields of interactions are passed over. */
export type MetarankEventsBody = EventsBody;

/** The items, best first. */
export interface MetarankRankAnswer {
  /** Milliseconds. */
  readonly took: number;
  readonly items: readonly {
    readonly item: string;
    /** Click probability in the company of the list. */
    readonly score: number;
    readonly features?:
      | readonly {
          readonly name: string;
          readonly value: number;
        }[]
      | undefined;
  }[];
  readonly state?:
    | {
        readonly session: readonly {
          readonly name: string;
          readonly value: number;
        }[];
        readonly user: readonly {
          readonly name: string;
          readonly value: number;
        }[];
        readonly global: readonly {
          readonly name: string;
          readonly value: number;
        }[];
        readonly item: readonly {
          readonly name: string;
          readonly value: number;
        }[];
      }
    | undefined;
}

/** A request of Metarank's form. `label` and `tenant` are passed over, and so are a user and a session that are null; `relevancy` of an item is one of its fields. */
export interface MetarankRankBody {
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
