import { createMemory, type Memory, type MemorySettings } from '../../memory/memory.ts';
import type { LogEvent } from '../../slate/events.ts';
import type { JournalPosition } from '../../slate/journal-position.ts';
import { RejectedEvent } from '../../slate/rejected-event.ts';
import type { EventSource, SourceRecord } from '../../sources/event-source.ts';
import type { ReadableJournal } from './contract.ts';
import type { JournalEntry } from './entry.ts';
import { createPositionReader } from './known-position.ts';
import { readableJournal } from './read-journal.ts';
import { createShownAnswers, type ShownAnswers, withAnswer } from './shown-answers.ts';

/**
 * A server's journal as a log to train from: every event at the moment at which it entered the server's memory, so that a walk over them knows at every list what the server knew.
 * What the memory rejected is told with its reason; a record's line is the sequence of its entry. The settings are those of the model that served. `name` is the journal's folder,
 * where no other journal is given.
 */
export function journalSource(
  name: string,
  { joinWindow, labelTypes, futureLimit }: Pick<MemorySettings, 'joinWindow' | 'labelTypes' | 'futureLimit'>,
  journal: ReadableJournal = readableJournal(name),
): EventSource {
  let position: JournalPosition | undefined;
  return {
    name,
    isInOrder: true,
    position: () => position,
    async *records() {
      position = undefined;
      const reader = createPositionReader();
      // Which events count, and when they enter, does not depend on what items are like.
      const memory = createMemory({
        ...{ joinWindow, labelTypes, futureLimit, denseColumns: 0 },
        describe: ({ index, fields }) => ({ ...NOTHING, item: index, fields }),
      });
      const answers = createShownAnswers();
      for await (const entries of journal.entriesAfter(await journal.startOf(Number.POSITIVE_INFINITY))) {
        for (const entry of entries) {
          reader.add(entry);
          if (entry.kind === 'answer') answers.add(entry.answer);
          if (entry.kind === 'event') yield recordOf(told(entry, answers), memory);
        }
      }
      position = reader.position();
    },
  };
}

const NOTHING = { dense: [], tokens: [], tokenWeights: [], tokenStarts: [0], bags: [] };

type EventEntry = Extract<JournalEntry, { readonly kind: 'event' }>;

/** A list that was shown as answered tells its policy, variant and propensity. */
function told(entry: EventEntry, answers: ShownAnswers): EventEntry {
  if (entry.event.event !== 'ranking') return entry;
  const answer = answers.take(entry.event);
  return answer ? { ...entry, event: withAnswer(entry.event, answer) } : entry;
}

function recordOf(entry: EventEntry, memory: Memory): SourceRecord {
  const { sequence: line, event, arrivedAt } = entry;
  const raw = JSON.stringify(event);
  try {
    // Which list was meant, and whether the interaction came in time, is judged by its own time, which a log with the moment of entering does not have.
    const list = event.event === 'interaction' ? memory.listOf(event, arrivedAt) : undefined;
    const named = event.event === 'interaction' && list ? { ...event, ranking: list.id } : event;
    const applied = memory.apply(named, arrivedAt);
    if (applied === 'again' && event.event === 'ranking')
      return { line, raw, reason: 'duplicate-list', message: `expected every list once, found "${event.id}" again` };
    const joined = list ? { shownAt: list.time } : {};
    return { line, raw, event: applied === 'other' ? named : enteredAt(named, memory.clock), ...joined };
  } catch (error) {
    if (!(error instanceof RejectedEvent)) throw error;
    return { line, raw, reason: error.reason, message: error.message };
  }
}

const enteredAt = <E extends LogEvent>(event: E, time: number): E => ({ ...event, time });
