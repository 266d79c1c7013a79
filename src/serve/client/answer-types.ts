/** What is answered over the wire. Made by `npm run client:types` from the schemas of the server: do not edit. */

import type { AskedList } from './body-types.ts';

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

/** How the server and its lists are. */
export interface DashboardAnswer {
  /** Epoch milliseconds. */
  readonly now: number;
  /** When the process began; what is counted here began then. */
  readonly since: number;
  readonly ready: boolean;
  /** `open`, or why events cannot be taken. */
  readonly journal: string;
  readonly sequence: number;
  /** Events that were written and that answers do not know of yet. */
  readonly lag: number;
  readonly memory: {
    readonly users: number;
    readonly items: number;
    /** Lists that clicks may still come for. */
    readonly openLists: number;
    /** Since the latest event, by its own time. */
    readonly ageSeconds: number | null;
    /** Memory of the process. */
    readonly bytes: number;
  };
  /** The model that answers where a request names none. */
  readonly active: string;
  /** The last hour, the oldest first. */
  readonly minutes: readonly {
    /** Epoch milliseconds. */
    readonly from: number;
    /** Lists that were told as shown. */
    readonly lists: number;
    readonly shownItems: number;
    /** Clicks that were told in this minute. */
    readonly clicks: number;
    /** Items of lists that were shown as they were answered. */
    readonly answeredItems: number;
    /** Clicks that were expected on these. */
    readonly expectedClicks: number;
    /** Clicks that came on these so far. */
    readonly answeredClicks: number;
  }[];
  /** By route. */
  readonly latency: readonly {
    readonly route: string;
    /** Since the start. */
    readonly calls: number;
    /** Of these, errors of the server. */
    readonly failed: number;
    /** Milliseconds, of the last 1,000 calls. */
    readonly p50: number;
    readonly p95: number;
    readonly p99: number;
  }[];
  /** Of the experiments. */
  readonly variants: readonly {
    readonly experiment: string;
    readonly variant: string;
    /** Lists of it that were shown. */
    readonly lists: number;
    /** Those with a click. */
    readonly clickedLists: number;
    readonly clicks: number;
    /** 95 % interval (Wilson) of the share of lists with a click, as if lists were independent. */
    readonly low: number | null;
    readonly high: number | null;
  }[];
  readonly drift: {
    /** Lists that were shown in the last day, but for those whose clicks may still come. */
    readonly lists: number;
    readonly shownItems: number;
    readonly clicks: number;
    /** Clicks for each shown item in the training log. */
    readonly trainedRate: number | null;
    /** Clicks on lists that were shown as answered. */
    readonly answeredClicks: number;
    /** Clicks that were expected on these. */
    readonly expectedClicks: number;
    /** How far the values of each field have moved since training: the stability index, with its interval. */
    readonly fields: readonly {
      readonly field: string;
      readonly index: number;
      readonly low: number;
      readonly high: number;
    }[];
    /** What a person should look at. */
    readonly alarms: readonly string[];
  };
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

/** Items that are known, those whose id begins with what is looked for first. */
export interface ItemsAnswer {
  readonly items: readonly {
    readonly id: string;
    /** As they are known now. */
    readonly fields: Readonly<Record<string, string | number | boolean | readonly string[] | readonly number[]>>;
  }[];
  /** There may be more: so many were found, or so many looked through. */
  readonly isPartial: boolean;
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

/** A list that was answered lately. */
export interface RecentAnswer {
  /** When; epoch milliseconds. */
  readonly at: number;
  readonly asked: 'generate' | 'rank';
  readonly model: string;
  /** As it was asked; its items are what the list was made from. */
  readonly request: AskedList;
  /** The list, from the top, with the probabilities that were answered. */
  readonly items: readonly {
    readonly item: string;
    readonly probability: number | null;
  }[];
  readonly experiments?: Readonly<Record<string, string>> | undefined;
  /** A list of the same id was told as shown. */
  readonly isShown: boolean;
  /** Items that were clicked. */
  readonly clicked: readonly string[];
}

/** Lists that were answered by rank or generate and had an id, the latest first. */
export interface RecentListsAnswer {
  readonly lists: readonly RecentAnswer[];
}

/** Pages that `slatewise report` and other commands wrote, the latest first. */
export interface ReportsAnswer {
  readonly reports: readonly {
    /** Its path within the folder of reports. */
    readonly name: string;
    readonly title: string;
    /** When it was written; epoch milliseconds. */
    readonly at: number;
  }[];
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

/** What the page of lists begins with. */
export interface StartAnswer {
  /** Lists, each with items that could stand on it. */
  readonly lists: readonly AskedList[];
  /** Of each list, ids of items that could stand on it too. */
  readonly candidates: readonly (readonly string[])[];
  /** The path of the models as the command line was given it. */
  readonly models?: string | undefined;
}

/** Users that are known, those whose id begins with what is looked for first. */
export interface UsersAnswer {
  readonly users: readonly {
    readonly id: string;
    /** As they are known now. */
    readonly fields: Readonly<Record<string, string | number | boolean | readonly string[] | readonly number[]>>;
  }[];
  /** There may be more: so many were found, or so many looked through. */
  readonly isPartial: boolean;
}

/** What the list would be like. */
export interface WhatIfAnswer {
  /** That answered. */
  readonly model: string;
  /** The answer knows of the events up to this one at least. */
  readonly sequence: number;
  readonly request: string;
  /** In the order of the request. */
  readonly items: readonly {
    readonly item: string;
    readonly position: number;
    /** That the item is clicked in the company of the list. */
    readonly probability: number;
    /** The same at its place with nothing beside it. */
    readonly alone: number;
    /** What its being there changes in the probability that anything is clicked. */
    readonly anyClickChange: number;
  }[];
  /** Sum of the probabilities. */
  readonly expectedClicks: number;
  /** Probability of at least one click. */
  readonly anyClick: number;
  /** Row j, column i: what item j of the list does to the click probability of item i. */
  readonly influence: readonly (readonly (number | null)[])[];
  /** The exchange that brings the most expected clicks; only where `swaps` were given. */
  readonly swap?:
    | {
        /** The item that leaves. */
        readonly out: string;
        /** The item that takes its place. */
        readonly in: string;
        readonly expectedClicks: number;
        readonly anyClick: number;
        /** Exchanges that were tried. */
        readonly tried: number;
        /** All that there are. */
        readonly of: number;
      }
    | undefined;
  /** Of a request from before the latest event: its time, as of which it is answered; epoch milliseconds. */
  readonly asOf?: number | undefined;
  /** What is odd about the request. */
  readonly warnings?: readonly string[] | undefined;
}
