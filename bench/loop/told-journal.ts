/** A server's journal, held in memory: what a shop was told, each event when it happened. */
import type { RetrainOptions } from '../../src/retrain/retrain-options.ts';
import type { JournalEntry } from '../../src/serve/journal/entry.ts';
import type { LogEvent } from '../../src/slate/events.ts';

export interface ToldJournal {
  add(events: readonly LogEvent[]): void;
  /** When the latest list was shown; epoch milliseconds. */
  lastList(): number;
  readonly asked: RetrainOptions['journal'];
  copy(): ToldJournal;
}

export function toldJournal(entries: JournalEntry[] = []): ToldJournal {
  return {
    add(events) {
      for (const event of events) {
        const arrivedAt = Math.max(event.time, entries.at(-1)?.arrivedAt ?? 0);
        entries.push({ sequence: entries.length + 1, arrivedAt, kind: 'event', event });
      }
    },
    lastList: () =>
      entries.findLast((entry) => entry.kind === 'event' && entry.event.event === 'ranking')?.arrivedAt ?? 0,
    asked: {
      name: 'journal',
      startOf: async () => 0,
      async *entriesAfter(sequence) {
        if (entries.length > sequence) yield entries.slice(sequence);
      },
    },
    copy: () => toldJournal([...entries]),
  };
}
