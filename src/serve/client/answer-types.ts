/** What is answered over the wire. Made by `npm run client:types` from the schemas of the server: do not edit. */

/** A list that was composed. */
export interface ComposedList {
  readonly items: readonly {
    readonly item: string;
    readonly position: number;
    /** That the item is clicked in the company of the list; null where the deadline left no time for it. */
    readonly probability: number | null;
    /** Of an explored list: how probable the item was at this place, given those above it. */
    readonly propensity?: number | undefined;
    /** The same whatever stands above; only where it is known. */
    readonly placePropensity?: number | undefined;
  }[];
  /** What the objective gives it. */
  readonly value: number | null;
  /** Sum of the probabilities. */
  readonly expectedClicks: number | null;
  /** Probability of at least one click. */
  readonly anyClick: number | null;
  /** Of an explored list: how probable it was as a whole. */
  readonly propensity?: number | undefined;
}

/** The answer for one set of candidates. */
export interface ComposedLists {
  readonly request: string;
  /** The best first, then the alternatives. */
  readonly slates: readonly ComposedList[];
  /** What drew the list, where lists are explored. */
  readonly policy?: string | undefined;
  /** What exploring costs on average, by the model, with a 95 % interval. */
  readonly explorePrice?:
    | {
        /** The value of the list that would be answered if nothing were explored. */
        readonly best: number;
        /** The value of the policy's lists on average. */
        readonly expected: number;
        readonly cost: number;
        readonly low: number | null;
        readonly high: number | null;
        readonly by: 'exhaustive' | 'sample';
      }
    | undefined;
  readonly generator: string;
  readonly objective: string;
  readonly diversity: number;
  /** Why the search ended before its own end, with the best list so far. */
  readonly cut?: 'bound' | 'deadline' | undefined;
  readonly best?:
    | {
        readonly value: number;
        readonly by: 'exhaustive' | 'search';
        readonly items: readonly string[];
      }
    | undefined;
  /** Share of the best value that the list misses. */
  readonly gap?: number | undefined;
  readonly rules: readonly {
    readonly rule: string;
    readonly price: number | null;
    readonly share: number | null;
    readonly sentence: string;
  }[];
  readonly learnedObjective?: string | undefined;
  /** Of a request from before the latest event: its time, as of which the request is answered; epoch milliseconds. */
  readonly asOf?: number | undefined;
  /** What is odd about the request. */
  readonly warnings?: readonly string[] | undefined;
  /** That answered this list; only where its user takes part in an experiment. */
  readonly model?: string | undefined;
  /** Of each experiment that the user takes part in: the name of the variant. */
  readonly experiments?: Readonly<Record<string, string>> | undefined;
  /** The deadline left time for no more than this: the items one by one, or the order in which they were given. */
  readonly fallback?: 'top' | 'given-order' | undefined;
}

/** That a person is forgotten. */
export interface ErasedAnswer {
  /** Whether anything was known. */
  readonly erased: boolean;
}

/** What was wrong. */
export interface ErrorAnswer {
  /** What is wrong in one stable word. */
  readonly code: string;
  /** What was expected, what was found, where, and what to do. */
  readonly message: string;
  /** By which the log knows the request. */
  readonly requestId: string;
}

/** What became of an event. */
export type EventOutcome =
  | {
      readonly taken: true;
      /** `late`: it entered at the time of the latest event; `again`: it was known; `held`: it is from the future and entered now; `other`: an interaction that is no click. */
      readonly applied: 'taken' | 'late' | 'again' | 'held' | 'other';
      readonly sequence: number;
    }
  | {
      readonly taken: false;
      readonly code: string;
      readonly message: string;
    };

/** What became of the events, in their order. */
export interface EventsAnswer {
  /** Answers that are asked for `after` it know of all of them. */
  readonly sequence: number;
  readonly taken: number;
  readonly rejected: number;
  readonly outcomes: readonly EventOutcome[];
}

/** Lists that were explained. */
export interface ExplainAnswer {
  /** That answered. */
  readonly model: string;
  /** The answer knows of the events up to this one at least. */
  readonly sequence: number;
  readonly lists: readonly ExplainedItems[];
}

/** What the items of a list do to each other. */
export interface ExplainedItems {
  readonly request: string;
  readonly items: readonly ({
    readonly item: string;
    readonly position: number;
    readonly probability: number;
    /** The same in average company, with an interval. */
    readonly average: {
      readonly mean: number;
      readonly low: number | null;
      readonly high: number | null;
    } | null;
    /** What its being there changes in the probability that anything is clicked. */
    readonly anyClickChange: number;
  } | null)[];
  readonly expectedClicks: number;
  readonly anyClick: number;
  /** Row j, column i: what the item at place j does to the click probability of the item at place i. */
  readonly influence: readonly (readonly (number | null)[])[];
  readonly logitInfluence: readonly (readonly (number | null)[])[];
  /** Of a request from before the latest event: its time, as of which the request is answered; epoch milliseconds. */
  readonly asOf?: number | undefined;
  /** What is odd about the request. */
  readonly warnings?: readonly string[] | undefined;
}

/** Lists that were composed. */
export interface GenerateAnswer {
  /** That answered. */
  readonly model: string;
  /** The answer knows of the events up to this one at least. */
  readonly sequence: number;
  readonly lists: readonly ComposedLists[];
}

/** The process answers. */
export interface LiveAnswer {
  readonly live: true;
}

/** A model that can answer. */
export interface ModelAnswer {
  readonly name: string;
  readonly state: 'active' | 'loaded' | 'on disk';
  readonly recipe: string;
  readonly seed: number;
  /** Kind of each field. */
  readonly fields: Readonly<Record<string, string>>;
  /** By part of the log. */
  readonly lists: {
    readonly train: number;
    readonly validation: number;
    readonly test: number;
  };
  readonly validation: {
    readonly logLoss: number | null;
    readonly rocAuc: number | null;
    readonly ndcgAt10: number | null;
  };
  readonly test?:
    | {
        readonly logLoss: number | null;
        readonly rocAuc: number | null;
        readonly ndcgAt10: number | null;
      }
    | undefined;
}

/** The models that there are. */
export interface ModelsAnswer {
  /** Answers where a request names none. */
  readonly active: string;
  readonly models: readonly ModelAnswer[];
}

/** Whether lists can be answered and events taken. */
export interface ReadyAnswer {
  readonly ready: boolean;
  /** `open`, or why events cannot be taken. */
  readonly journal: string;
  readonly sequence: number;
  /** Events that were written and that answers do not know of yet. */
  readonly lag: number;
  /** Why the model that all replicas were told to answer from does not answer here; left out where it does. */
  readonly model?: string | undefined;
  readonly alarms?: readonly string[] | undefined;
}

/** Click probabilities, list by list. */
export interface ScoreAnswer {
  /** That answered. */
  readonly model: string;
  /** The answer knows of the events up to this one at least. */
  readonly sequence: number;
  readonly lists: readonly ScoredItems[];
}

/** The answer for one list. */
export interface ScoredItems {
  readonly request: string;
  readonly items: readonly ScoredPlace[];
  /** Sum of the probabilities. */
  readonly expectedClicks: number | null;
  /** Probability of at least one click. */
  readonly anyClick: number | null;
  /** Of a request from before the latest event: its time, as of which the request is answered; epoch milliseconds. */
  readonly asOf?: number | undefined;
  /** What is odd about the request. */
  readonly warnings?: readonly string[] | undefined;
  /** That answered this list; only where its user takes part in an experiment. */
  readonly model?: string | undefined;
  /** Of each experiment that the user takes part in: the name of the variant. */
  readonly experiments?: Readonly<Record<string, string>> | undefined;
  /** The deadline left time for no more than this: the items one by one, or the order in which they were given. */
  readonly fallback?: 'top' | 'given-order' | undefined;
}

/** An item of a scored list. */
export interface ScoredPlace {
  readonly item: string;
  /** That the item is clicked in the company of the list; null where the deadline left no time for it. */
  readonly probability: number | null;
  /** From 1, by probability; ties keep the order that was given. */
  readonly rank: number;
}
