/** What Metarank's clients are answered. Made by `npm run client:types` from the schemas of the server: do not edit. */

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
