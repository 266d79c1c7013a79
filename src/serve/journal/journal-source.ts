import { createMemory, type Memory, type MemorySettings } from '../../memory/memory.ts';
import type { LogEvent } from '../../slate/events.ts';
import { RejectedEvent } from '../../slate/rejected-event.ts';
import type { EventSource, SourceRecord } from '../../sources/event-source.ts';
import type { JournalEntry } from './entry.ts';
import { readJournal } from './read-journal.ts';

/**
 * A server's journal as a log to train from: every event at the moment at which it entered the server's memory, so that a walk over them knows at every list what the server knew.
 * What the memory rejected is told with its reason; a record's line is the sequence of its entry. The settings are those of the model that served.
 */
export function journalSource(
  folder: string,
  { joinWindow, labelTypes, futureLimit }: Pick<MemorySettings, 'joinWindow' | 'labelTypes' | 'futureLimit'>,
): EventSource {
  return {
    name: folder,
    async *records() {
      // Which events count, and when they enter, does not depend on what items are like.
      const memory = createMemory({
        ...{ joinWindow, labelTypes, futureLimit, denseColumns: 0 },
        describe: ({ index, fields }) => ({ ...NOTHING, item: index, fields }),
      });
      for await (const entries of readJournal(folder))
        for (const entry of entries) if (entry.kind === 'event') yield recordOf(entry, memory);
    },
  };
}

const NOTHING = { dense: [], tokens: [], tokenWeights: [], tokenStarts: [0], bags: [] };

function recordOf(entry: Extract<JournalEntry, { readonly kind: 'event' }>, memory: Memory): SourceRecord {
  const { sequence: line, event, arrivedAt } = entry;
  const raw = JSON.stringify(event);
  try {
    const applied = memory.apply(event, arrivedAt);
    if (applied === 'again' && event.event === 'ranking')
      return { line, raw, reason: 'duplicate-list', message: `expected every list once, found "${event.id}" again` };
    return { line, raw, event: applied === 'other' ? event : enteredAt(event, memory.clock) };
  } catch (error) {
    if (!(error instanceof RejectedEvent)) throw error;
    return { line, raw, reason: error.reason, message: error.message };
  }
}

const enteredAt = <E extends LogEvent>(event: E, time: number): E => ({ ...event, time });
