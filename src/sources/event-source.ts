import type { RejectReason } from '../slate/error-code.ts';
import type { LogEvent } from '../slate/events.ts';
import type { JournalPosition } from '../slate/journal-position.ts';
import type { ParseOptions } from '../slate/parse-event.ts';
import type { RowPlace } from './row-place.ts';

/**
 * One record of a source: its number in the source, from 1, rising; its text as it stands there (bytes that are no UTF-8 replaced); and its event, or the reason why
 * there is none. Of a table of several files, `place` says in which one it stands.
 */
export type SourceRecord = { readonly line: number; readonly raw: string; readonly place?: RowPlace } & (
  | {
      readonly event: LogEvent;
      /** Of an interaction that was joined to its list before: when that entered. The interaction's time is when it entered itself, whether it came in time was judged by its own. */
      readonly shownAt?: number | undefined;
    }
  | { readonly reason: RejectReason; readonly message: string }
);

export interface SourceOptions extends ParseOptions {
  /** A source that can leave out what is earlier may do so; epoch milliseconds. */
  readonly since?: number | undefined;
}

/** How a source is read as blocks of columns. */
export interface BlockOptions extends SourceOptions {
  /** How long after its list a click counts, where `click` is a type that counts: a source that has clicks beside their lists may join them itself. */
  readonly clickWindow?: number | undefined;
  /** Threads that may read it; with 1 there are none. What is read does not depend on it. */
  readonly workers?: number | undefined;
}

/** Where events come from. No record is passed over in silence: what is no event comes with its reason. */
export interface EventSource {
  /** For people: with a record's line it says where. */
  readonly name: string;
  /** True where records of one millisecond happened in their order, as in a server's journal; of a log that says only when, metadata come first. */
  readonly isInOrder?: boolean;
  /** Reads from the beginning; memory does not grow with the source. Throws `InputError` where the source cannot be read. */
  records(options?: SourceOptions): AsyncIterable<SourceRecord>;
  /** Of a server's journal: up to where it was read. Undefined of other sources, and until all records were read. */
  position?(): JournalPosition | undefined;
}
