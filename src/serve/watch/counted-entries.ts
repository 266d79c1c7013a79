import { createMemory, type MemorySettings } from '../../memory/memory.ts';
import { RejectedEvent } from '../../slate/rejected-event.ts';
import type { ReadableJournal } from '../journal/contract.ts';
import type { JournalEntry } from '../journal/entry.ts';

export interface CountedOptions {
  /** Of the model that served. */
  readonly settings: MemorySettings;
  /** How far back, from the last entry. */
  readonly milliseconds: number;
  /** The first sequence that is not wanted. */
  readonly before: number;
}

const NOTHING = { dense: [], tokens: [], tokenWeights: [], tokenStarts: [0], bags: [] };

/** The last entries of a journal but for events that a server's memory rejected: the journal does not say which, so a memory of these entries alone is asked. */
export async function* countedEntries(
  journal: ReadableJournal,
  { settings: { joinWindow, labelTypes, futureLimit }, milliseconds, before }: CountedOptions,
): AsyncGenerator<JournalEntry, void> {
  const memory = createMemory({
    ...{ joinWindow, labelTypes, futureLimit, denseColumns: 0 },
    describe: ({ index, fields }) => ({ ...NOTHING, item: index, fields }),
  });
  for await (const entries of journal.entriesAfter(await journal.startOf(milliseconds))) {
    for (const entry of entries) {
      if (entry.sequence >= before) return;
      if (isCounted(entry)) yield entry;
    }
    // Answers are given meanwhile.
    await new Promise(setImmediate);
  }

  function isCounted(entry: JournalEntry): boolean {
    if (entry.kind !== 'event') return true;
    try {
      memory.apply(entry.event, entry.arrivedAt);
      return true;
    } catch (error) {
      if (error instanceof RejectedEvent) return false;
      throw error;
    }
  }
}
