/** What the pages in a browser are answered. Made by `npm run client:types` from the schemas of the server: do not edit. */

import type { AskedList } from './body-types.ts';

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
