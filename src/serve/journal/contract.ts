/** The one order of events: what a server knows is a fold of it. `journal.ts` keeps it in files for one process, `../replicas/` in Redis for several. */
import type { EntryContent, JournalEntry } from './entry.ts';

/** Milliseconds for which an event is known again. */
export const RECENT: number = 24 * 60 * 60_000;

/** What becomes of an entry once it is written: called in the order of the journal, before anything later is told. `at`: of the contents of the call. */
export type Committed = (entry: JournalEntry, at: number) => void;

/** How contents are known again that another process may have written. A journal of one process leaves it to the caller, who knows all that was written. */
export interface Recognition {
  /** One per content: what has the key of an entry of the last day is not written. */
  readonly keys: readonly (string | undefined)[];
  /** One per content: an entry of this sequence does not count, as no memory took it. */
  readonly despite: readonly (number | undefined)[];
  /** An entry of this sequence has the key already; everything up to it was told before. */
  again(at: number, sequence: number): void;
}

/** A journal of which entries are asked for. */
export type ReadableJournal = Pick<Journal, 'entriesAfter' | 'startOf'>;

export interface Journal {
  /** Other processes write it too. */
  readonly isShared: boolean;
  /** Of the last entry that was told; 0 before the first. */
  readonly sequence: number;
  /** Why nothing can be written; undefined where it can. */
  readonly fault: string | undefined;
  /** Entries that are written, as far as is known here, and not told yet. */
  readonly behind: number;
  /**
   * Writes entries, in this order and together. Each is told to `committed`, or to `again`, before the promise resolves. Rejects with `JournalUnavailable` where they cannot be
   * written: then nobody may count on them, and an entry that is there nevertheless is told as that of another.
   */
  append(contents: readonly EntryContent[], committed: Committed, recognition?: Recognition): Promise<void>;
  /**
   * Tells the entries that others have written since the journal was opened, in the order of the journal, between those of `append`. Resolves once all that is written now was
   * told. Nothing is told before, and nothing appended.
   */
  follow(others: (entry: JournalEntry) => void): Promise<void>;
  /** The entry of this key was written here and counts for nothing: the same may be written again. */
  release(key: string, sequence: number): void;
  /** This process will ask for no entry up to this sequence again: it has written what it knew then. */
  needsOnlyAfter(sequence: number): Promise<void>;
  /** The entries after a sequence, in pieces, up to the last that was told when it is reached. Throws `InputError` (`journal-damaged`) where one of them is not there. */
  entriesAfter(sequence: number): AsyncGenerator<readonly JournalEntry[], void>;
  /** A sequence after which at least all entries of so many milliseconds before the last are. */
  startOf(milliseconds: number): Promise<number>;
  /** Tries to write again after a fault; whoever appends tries it too. */
  mend(): Promise<boolean>;
  /** Returns once everything that was told is as safe as it gets. */
  sync(): Promise<void>;
  /**
   * Replaces entries up to a sequence; each keeps its sequence and its arrival. Every process must have said that it needs only what comes after: rejects with
   * `JournalUnavailable` where one has not in time. Those after it may be replaced too.
   */
  rewrite(change: (entry: JournalEntry) => EntryContent, upTo: number): Promise<void>;
  /** Writes what waits. Later calls are refused. */
  close(): Promise<void>;
}
