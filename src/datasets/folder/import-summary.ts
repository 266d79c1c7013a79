import type { RejectReason } from '../../slate/error-code.ts';
import type { JournalPosition } from '../../slate/journal-position.ts';

/** Interactions of a log by their type. */
export type InteractionTypes = Readonly<Record<string, number>>;

/** Changes when the layout of a data set folder does. */
export const DATASET_FORMAT = 5;

/** What a part of a data set adds: the counts of its own files. */
export interface PartFacts {
  /** Of each part before, how many of its lists still count, the first ones: the part has those after them anew, with their later clicks. */
  readonly kept: readonly number[];
  readonly lists: number;
  readonly itemEvents: number;
  readonly userEvents: number;
  /** Ids that no part before has. */
  readonly items: number;
  readonly users: number;
}

/** What an import found: `import.json`. */
export interface ImportSummary {
  readonly format: number;
  readonly source: string;
  /** Of a server's journal: up to where it was read. */
  readonly journal?: JournalPosition;
  /** Of a data set that was added to: its last part. All other counts are of the whole. */
  readonly part?: PartFacts;
  /** How clicks were joined: milliseconds after a list, and the interaction types that count. */
  readonly joinWindow: number;
  readonly labelTypes: readonly string[];
  /** What the log calls the first position; in the data set it is 0. */
  readonly firstPosition: number;
  readonly lines: number;
  readonly lists: number;
  readonly listsWithoutClick: number;
  readonly shownItems: number;
  readonly clicks: number;
  readonly otherInteractions: number;
  /** Interactions by their type, rejected ones among them. */
  readonly interactionTypes: InteractionTypes;
  /** Metadata events: what `items.arrow` and `users.arrow` hold. */
  readonly itemEvents: number;
  readonly userEvents: number;
  readonly items: number;
  readonly users: number;
  readonly itemsWithoutMetadata: number;
  /** Items and users of lists, each once, and how many of them have each field at the end of the log. */
  readonly inLists: Readonly<
    Record<'item' | 'user', { readonly count: number; readonly with: Readonly<Record<string, number>> }>
  >;
  readonly firstTime: number;
  readonly lastTime: number;
  readonly longestList: number;
  readonly rejected: number;
  readonly rejectedByReason: Readonly<Partial<Record<RejectReason, number>>>;
  /** Rejected lines that `rejected.jsonl` has: the first of every reason. */
  readonly rejectedKept: number;
  /** What could be used but looks wrong, one sentence each. */
  readonly warnings: readonly string[];
}
