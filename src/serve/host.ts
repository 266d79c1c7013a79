/** What a server answers from: models, the memories that events enter, and the journal that is the truth. `http/` speaks to nothing else. */
import type { Explanation, GeneratedLists, GenerateOptions, ScoredList } from '../live/list-model.ts';
import type { ModelReport } from '../live/model-report.ts';
import type { WhatIf, WhatIfOptions } from '../live/what-if.ts';
import type { Applied } from '../memory/applied.ts';
import type { AnsweredList } from '../slate/answered-list.ts';
import type { Experiment, ShadowScores } from '../slate/experiment.ts';
import type { Fields } from '../slate/fields.ts';
import type { DriftFigures } from './watch/drift.ts';
import type { LiveWatch } from './watch/live-watch.ts';

/** Events enter in one order; answers come from what they have left. All methods throw `InputError` with a `code` for input that is at fault. */
export interface Host extends AsyncDisposable {
  /** Of the latest event that every answer knows of; 0 before the first. Sequences have no gaps. */
  readonly sequence: number;

  /** What time it is to a request that names none: after all that is known. Epoch milliseconds. */
  now(): number;

  /** The model that answers where a request names none. */
  readonly active: string;
  models(): readonly HostedModel[];
  /** Throws `InputError` (`no-such-model`) for a name that is not hosted. */
  model(name?: string): HostedModel;
  /** Loads it beside the one that answers, brings its memory up to now, warms it, and lets it answer. What is under way ends on the old one. */
  activate(name: string): Promise<HostedModel>;

  /**
   * Takes events in this order: each is checked, recognised where it came before, written to the journal, and entered into every memory before the answer. Rejects with
   * `JournalUnavailable` where the journal cannot be written: then none of them counts.
   */
  observe(events: readonly ArrivingEvent[]): Promise<Observed>;
  /**
   * Writes what was answered into the journal, before anything that is observed from now on; no memory learns of it. Nobody waits for it, and where the journal cannot be written
   * it is lost: a list that is shown later then has no answer to it.
   */
  note(answers: readonly AnsweredList[]): void;
  /** The same of what a model that nobody saw said of an answered list. */
  noteShadow(shadow: ShadowScores): void;

  /** Whom and what the model that answers knows, in the order in which they were met. */
  readonly known: { item(id: string): Found | undefined; items(): Iterable<Found>; users(): Iterable<Found> };
  /** What was answered, shown and clicked since the start; nothing of it outlives the process. */
  readonly live: Omit<LiveWatch, 'enter'>;

  /** Those in force; after a start those of before. */
  readonly experiments: readonly Experiment[];
  /**
   * Loads the models that these need, writes them into the journal, and lets them be in force in place of those before. Rejects with `InputError` for a model that there is not, and with
   * `JournalUnavailable`: then those before stay.
   */
  changeExperiments(experiments: readonly Experiment[]): Promise<void>;
  /** Resolves once every answer knows of the event of this sequence; false where that is not so within so many milliseconds. */
  reached(sequence: number, milliseconds: number): Promise<boolean>;

  /** Forgets a person everywhere: memories, snapshots, and the journal. True where anything was known. */
  erase(user: string): Promise<boolean>;
  /** Writes a snapshot of what is known, off the event loop. */
  snapshot(): Promise<void>;
  readonly health: HostHealth;

  /** Ends what is under way, writes a snapshot, closes the journal. A second call does nothing more. */
  close(): Promise<void>;
}

/** An item or a user, as it is known. */
export interface Found {
  readonly id: string;
  readonly fields: Fields;
}

/** An event as somebody sent it: not checked yet. */
export interface ArrivingEvent {
  /** By which the sender knows it again; without one a list is known by its id, time, user and items, a click by its list and item. */
  readonly id?: string | undefined;
  readonly event: unknown;
}

/** What became of events, in their order. */
export interface Observed {
  /** `after` it every answer knows of them. */
  readonly sequence: number;
  readonly outcomes: readonly Outcome[];
}

export type Outcome =
  | { readonly taken: true; readonly applied: Applied; readonly sequence: number }
  | { readonly taken: false; readonly code: string; readonly message: string };

/** A model that answers, from one memory. */
export interface HostedModel {
  readonly name: string;
  readonly report: ModelReport;
  readonly state: 'active' | 'loaded' | 'on disk';
  score(requests: readonly unknown[], options?: { readonly signal?: AbortSignal }): Promise<readonly ScoredList[]>;
  generate(request: unknown, options?: GenerateOptions): Promise<GeneratedLists>;
  explain(request: unknown, options?: { readonly signal?: AbortSignal }): Promise<Explanation>;
  whatIf(request: unknown, options?: WhatIfOptions): Promise<WhatIf>;
}

export interface HostHealth {
  /** Whether what is shown and clicked is as in training, and as expected; of the last day. */
  readonly drift: DriftFigures;
  /** Answers can be given. */
  readonly isReady: boolean;
  /** Events can be taken; otherwise why not. */
  readonly journal: 'open' | { readonly fault: string };
  readonly memory: {
    readonly users: number;
    readonly items: number;
    readonly openLists: number;
    /** Epoch milliseconds of the latest event; undefined before the first. */
    readonly clock: number | undefined;
  };
  /** Events that were written and are not in the memories yet. */
  readonly lag: number;
  /** Why the model that all replicas were told to answer from does not answer here; undefined where it does. */
  readonly modelFault?: string | undefined;
}
