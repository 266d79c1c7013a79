import type { AnsweredList } from '../../slate/answered-list.ts';
import type { LogEvent } from '../../slate/events.ts';
import type { Experiment, ShadowScores } from '../../slate/experiment.ts';

/** What happened, in the one order of the journal. */
export type JournalEntry = {
  /** From 1, without gaps. */
  readonly sequence: number;
  /** Epoch milliseconds; never before that of the entry before it. */
  readonly arrivedAt: number;
} & EntryContent;

export type EntryContent =
  /** An event of which the form is sound; a memory may still reject it. `id`: as its sender knows it. */
  | { readonly kind: 'event'; readonly id?: string | undefined; readonly event: LogEvent }
  /** A list that was answered; no memory learns of it. */
  | { readonly kind: 'answer'; readonly answer: AnsweredList }
  /** What a model that nobody saw said of an answered list. */
  | { readonly kind: 'shadow'; readonly shadow: ShadowScores }
  /** These experiments are in force from here on, and no others. */
  | { readonly kind: 'experiments'; readonly experiments: readonly Experiment[] }
  /** A person is to be forgotten. */
  | { readonly kind: 'erase'; readonly user: string }
  /** A person was forgotten, of whom only the print is left. */
  | { readonly kind: 'erased'; readonly print: string }
  /** What stood here was of a person who was forgotten. */
  | { readonly kind: 'gone' }
  /** All replicas are to answer from this model. */
  | { readonly kind: 'activate'; readonly model: string };
