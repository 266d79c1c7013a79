import type { FieldUpdates } from '../../slate/fields.ts';
import type { DatasetRow } from './dataset.ts';

/** Shown items, or values of fields, between two pauses: some hundredths of a second of work. */
const BETWEEN = 4000;

/** Comes when all that waits had its turn. In a browser, which has no other, that is a timer, of a millisecond at least. */
const turn: (resume: () => void) => unknown =
  typeof setImmediate === 'function' ? (resume) => setImmediate(resume) : (resume) => setTimeout(resume);

/** Pauses in which the process takes note of what happens beside it, a Ctrl-C above all. */
export interface Pauses {
  /** After work of this size, in shown items or values of fields: a pause, where one is due. Throws, or rejects with, what the signal was aborted with. */
  after(size: number): Promise<void> | undefined;
}

export function createPauses(signal: AbortSignal | undefined): Pauses {
  let held = 0;
  const pause = async (): Promise<void> => {
    await new Promise<void>(turn);
    signal?.throwIfAborted();
  };
  return {
    after(size) {
      if (signal?.aborted) throw signal.reason;
      held += size;
      if (held < BETWEEN) return undefined;
      held = 0;
      return pause();
    },
  };
}

export interface PausedOptions<T> {
  readonly signal: AbortSignal | undefined;
  /** The work that a row is: `listSize`, `eventSize`, `rowSize`, `lineSize`. */
  readonly sizeOf: (row: T) => number;
}

/** The same rows, with pauses before them: they come by what the rows hold, however few and long they are. Throws what the signal was aborted with. */
export async function* paused<T>(
  rows: Iterable<T> | AsyncIterable<T>,
  { signal, sizeOf }: PausedOptions<T>,
): AsyncGenerator<T> {
  const pauses = createPauses(signal);
  for await (const row of rows) {
    const pause = pauses.after(sizeOf(row));
    if (pause) await pause;
    yield row;
  }
}

export const listSize = ({ ranking }: { readonly ranking: { readonly items: ArrayLike<unknown> } }): number =>
  ranking.items.length;

/** The values that the fields of an item or user event have, and one for the event. */
export function eventSize({ fields }: { readonly fields: FieldUpdates }): number {
  let count = 1;
  for (const name of Object.keys(fields)) {
    const value = fields[name];
    count += typeof value === 'object' && value !== null ? value.length : 1;
  }
  return count;
}

export const rowSize = (row: DatasetRow): number =>
  row.kind === 'impression' ? listSize(row.impression) : eventSize(row.event);

/** Letters of a log that are as much work as a shown item. */
const LETTERS = 32;

export const lineSize = ({ raw }: { readonly raw: string }): number => 1 + raw.length / LETTERS;
