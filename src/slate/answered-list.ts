import type { VariantNames } from './experiment.ts';
import type { Fields } from './fields.ts';

/** A list that a model answered with, as a journal keeps it: it may never have been shown. What was shown tells a ranking event of the same id. */
export interface AnsweredList {
  /** Of the request: the ranking event of the list that is shown names it. */
  readonly id: string;
  /** Of the request, epoch milliseconds. */
  readonly time: number;
  /** Empty: nobody known. */
  readonly user: string;
  readonly session?: string;
  readonly surface?: string;
  /** Of an experiment, as the request names it. */
  readonly variant?: string;
  /** Of the experiments that the user was in. */
  readonly experiments?: VariantNames;
  /** The client had gone before it was answered: there is no list. */
  readonly cancelled?: true;
  /** It was answered with an error of this code: there is no list. */
  readonly failed?: string;
  /** Calls of the user that came to this, where more than one are told together. */
  readonly times?: number;
  readonly fields: Fields;
  /** How it was asked for: `generate` makes a list of some of the candidates, `rank` orders all of them. */
  readonly asked: 'generate' | 'rank';
  readonly model: string;
  /** What drew the list; absent where nothing was drawn. */
  readonly policy?: string;
  /** What found it where nothing was drawn, or the share that was not. */
  readonly generator?: string;
  readonly objective?: string;
  /** As JSON, as they were asked for. */
  readonly rules?: unknown;
  /** Why it is less than was asked for: the deadline had passed. */
  readonly fallback?: 'top' | 'given-order';
  /** What the list was made from, in the order of the request, with their fields in this request only. */
  readonly candidates: readonly AnsweredCandidate[];
  /** The list, from the top. */
  readonly items: readonly AnsweredItem[];
  /** Of the list as a whole; absent where nothing was drawn. */
  readonly propensity?: number;
  /** Milliseconds that the answer took. */
  readonly took: number;
}

/** What a list could be made from. */
export interface AnsweredCandidate {
  readonly id: string;
  readonly fields: Fields;
}

/** An item of an answered list. */
export interface AnsweredItem {
  readonly id: string;
  /** That it is clicked in the company of the list, as the model said; null where the deadline left no time for it. */
  readonly probability: number | null;
  /** The policy's probability of this item at this place, given those above it; absent where nothing was drawn. */
  readonly propensity?: number;
  /** The same whatever stands above; only where it is known. */
  readonly placePropensity?: number;
}
