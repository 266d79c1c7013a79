/** Entries of the stream that were told before, read again. */

import { InputError } from '../../slate/input-error.ts';
import type { ReadableJournal } from '../journal/contract.ts';
import type { JournalEntry } from '../journal/entry.ts';
import type { SharedStream } from './shared-stream.ts';
import { decodeEntry, readStream, refuseHole, type StreamEntry } from './stream-entries.ts';

/** Entries that are read at once. */
const READ = 512;

/** `sequence`: of the last entry that was told. */
export function createStreamHistory(stream: SharedStream, sequence: () => number): ReadableJournal {
  const { shown, keys } = stream;

  async function entryFrom(from: number): Promise<StreamEntry | undefined> {
    const [entry] = await stream.using((connection) =>
      readStream(connection, keys.stream, { after: from - 1, count: 1 }),
    );
    return entry;
  }

  return {
    async *entriesAfter(after): AsyncGenerator<readonly JournalEntry[], void> {
      for (let known = after; known < sequence(); ) {
        const found = await stream.using((connection) =>
          readStream(connection, keys.stream, { after: known, upTo: sequence(), count: READ }),
        );
        if (found.length === 0)
          throw new InputError(
            `${shown}: expected entry ${known + 1}, found none; see docs/serving-journal.md`,
            'journal-damaged',
          );
        refuseHole(shown, known, found);
        known += found.length;
        yield found.map(decodeEntry);
      }
    },
    async startOf(milliseconds) {
      if (sequence() === 0) return 0;
      const last = await entryFrom(sequence());
      if (!last) return sequence();
      const wanted = last.arrivedAt - milliseconds;
      const oldest = await entryFrom(1);
      // Entries up to `low` arrived before; that after `high` did not.
      let low = (oldest?.sequence ?? 1) - 1;
      let high = sequence();
      while (low < high) {
        const middle = Math.ceil((low + high) / 2);
        const entry = await entryFrom(middle);
        if (entry && entry.arrivedAt < wanted) low = middle;
        else high = middle - 1;
      }
      return low;
    },
  };
}
