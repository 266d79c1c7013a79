/** A list model at work in a program: it is asked, told what happens, and saved. */
import type { Explore } from '../generate/policies/policies.ts';
import type { SlateReply } from '../generate/request/slate-reply.ts';
import type { Rules } from '../generate/rules/rules.ts';
import type { Applied } from '../memory/applied.ts';
import type { InfluenceJson } from '../scoring/influence.ts';
import type { SlateScore } from '../scoring/slate-score.ts';
import type { CallOptions } from './call-options.ts';
import type { LiveEvent } from './event-input.ts';
import type { FieldDefinitions } from './fields.ts';
import type { ModelReport } from './model-report.ts';
import type { RequestInput } from './request-input.ts';
import type { WhatIf, WhatIfOptions } from './what-if.ts';

/**
 * A trained model in a program. It answers from what it knows at the call: its log, and what it was told since with `observe`. Calls may overlap in any order, and asking
 * changes nothing. All methods throw `InputError` with a `code` for input that is at fault; those that take a `signal` reject with its reason once it is aborted.
 */
export interface ListModel<F extends FieldDefinitions = FieldDefinitions> extends AsyncDisposable {
  /** How it was trained, and how well it predicts. */
  readonly report: ModelReport;

  /** Click probabilities of the items of each list, in the company of its other items; answers come in the order of the requests. */
  score(requests: readonly [RequestInput<F>], options?: CallOptions): Promise<readonly [ScoredList]>;
  /** The same of several. */
  score(requests: readonly RequestInput<F>[], options?: CallOptions): Promise<readonly ScoredList[]>;

  /** Composes lists out of candidates, best first. */
  generate(request: RequestInput<F>, options?: GenerateOptions): Promise<GeneratedLists>;

  /** What each item of a list does to the others: every item is left out in turn. */
  explain(request: RequestInput<F>, options?: CallOptions): Promise<Explanation>;

  /** What the list would be with these items in this order, and with fields of items as `asIf` says: each item in this company and alone, and what they do to each other. */
  whatIf(request: RequestInput<F>, options?: WhatIfOptions): Promise<WhatIf>;

  /**
   * Tells what happened: a list was shown (`ranking`), an item of it was clicked (`interaction`), an item or a user changed. The next answer knows of it. Returns what became of
   * the event: `taken`; `late`, it entered at the time of the latest event; `again`, it was known; `held`, it is from the future and entered now; `other`, an interaction that is
   * no click. Throws `InputError` for an event that cannot be used, such as a click on an unknown list; then nothing has changed.
   */
  observe(event: LiveEvent<F>): Promise<Applied>;

  /** All that it knows, as plain data that JSON can hold; later events do not change it. */
  snapshot(): Snapshot;

  /** Puts a snapshot in the place of what it knows. Throws `InputError` for a snapshot of a model with other features. */
  restore(snapshot: Snapshot): void;

  /** Writes a model folder, complete with what is known now: `open` and the command line read it. It replaces none but a model folder, and only once the new one is complete. */
  save(folder: string, options?: CallOptions): Promise<void>;

  /** Ends the threads once the calls under way are answered; calls after it throw. A second call does nothing more. */
  close(): Promise<void>;
}

/** The answer to a request for scores. */
export interface ScoredList extends SlateScore {
  /**
   * What is odd about the request: positions that repeat or lie beyond a page, items of which the model knows none, the id of an earlier request of the call; with
   * `unknownFields: 'warn'` also fields that the model has never met.
   */
  readonly warnings?: readonly string[];
}

/** How a list is composed; all of it has defaults. */
export interface GenerateOptions extends CallOptions {
  /** Items wanted; as many as the lists had that the model learned from, 10 at most, where it is left out. */
  readonly size?: number | undefined;
  /** What every list must keep. Rules of your own kinds have their types by `rulesOf` of `slatewise/kinds`: `{ unique: ['shop'], ...rulesOf(mine, [...]) }`. */
  readonly rules?: Rules | undefined;
  /** `beam+swap` unless told otherwise; also `top`, `rerank`, `greedy`, `beam`, `swap`, `exhaustive`. */
  readonly generator?: string | undefined;
  /** `clicks` unless told otherwise; `any`: that anything is clicked; `value:<field>`: clicks, each times a numeric field of its item. */
  readonly objective?: string | undefined;
  /** Further lists, the next best. */
  readonly alternatives?: number | undefined;
  /** Taken off the value for the mean likeness of the items. */
  readonly diversity?: number | undefined;
  /** Items of the page whose top the list is, at least its size, or as many as there are candidates; those below are unknown. */
  readonly page?: number | 'candidates' | undefined;
  /** Milliseconds after which a search ends with the best list so far. */
  readonly deadline?: number | undefined;
  /** Whether to look for the best list there is, to tell how far the answer is from it. */
  readonly best?: 'none' | 'if-few' | 'search' | undefined;
  /** Whether to make the list again without each rule, to tell what it costs. */
  readonly prices?: boolean | undefined;
  /** Of items by id: fields that are taken to have these values in this answer, such as `{ large: { price: 140 } }`. */
  readonly asIf?: Readonly<Record<string, unknown>> | undefined;
  /** Of what is drawn; 1 unless told otherwise. */
  readonly seed?: number | undefined;
  /**
   * Draws the list at random with known probabilities instead of taking the best; the request needs an `id` of its own, from which the draw follows. The answer tells
   * `policy` and every `propensity`.
   */
  readonly explore?: Explore | undefined;
}

/** One list that was composed. */
export type GeneratedList = Pick<SlateReply, 'items' | 'value' | 'expectedClicks' | 'anyClick' | 'propensity'>;

/** The answer to a request for lists. */
export interface GeneratedLists extends Omit<SlateReply, keyof GeneratedList | 'alternatives'> {
  /** The best first, then the alternatives. */
  readonly slates: readonly [GeneratedList, ...GeneratedList[]];
}

/** What the items of a list do to each other. */
export interface Explanation extends InfluenceJson {
  /** Id of the request. */
  readonly request: string;
  /** Of a request from before the latest event: its time, as of which the request is answered; epoch milliseconds. */
  readonly asOf?: number;
  readonly warnings?: readonly string[];
}

/** What a model knows at a moment, as plain data: JSON writes and reads it without loss. Its content is the model's own. */
export interface Snapshot {
  readonly format: 1;
  /** Tells whose it is: models with the same features can restore it. */
  readonly features: string;
  readonly memory: unknown;
}
