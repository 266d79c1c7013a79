import type { JournalEntry } from '../journal/entry.ts';
import type { Journal } from '../journal/journal.ts';
import { eventKey } from './event-key.ts';

/** The events of the last day, by which one that is sent again is recognised: their keys, each with the sequence of its entry. */
export interface RecentEvents {
  /** The sequence of the entry; undefined where there was none within a day before the latest. */
  find(key: string): number | undefined;
  add(key: string, recent: RecentEvent): void;
  /** Remembers an event that a memory took. */
  addEntry(entry: JournalEntry): void;
  readonly size: number;
  /** Oldest first. */
  entries(): Iterable<readonly [key: string, recent: RecentEvent]>;
}

export interface RecentEvent {
  readonly sequence: number;
  readonly arrivedAt: number;
}

/** Milliseconds. */
export const RECENT: number = 24 * 60 * 60_000;

/** Those beyond the limit are forgotten first: the oldest. */
export function createRecentEvents(
  limit: number,
  stored: Iterable<readonly [key: string, recent: RecentEvent]> = [],
): RecentEvents {
  const known = new Map<string, RecentEvent>(stored);
  function add(key: string, recent: RecentEvent): void {
    known.delete(key);
    known.set(key, recent);
    for (const [oldest, { arrivedAt }] of known) {
      if (known.size <= limit && recent.arrivedAt - arrivedAt <= RECENT) break;
      known.delete(oldest);
    }
  }

  return {
    find: (key) => known.get(key)?.sequence,
    add,
    addEntry(entry) {
      const key = entry.kind === 'event' ? eventKey(entry.id, entry.event) : undefined;
      if (key !== undefined) add(key, { sequence: entry.sequence, arrivedAt: entry.arrivedAt });
    },
    get size() {
      return known.size;
    },
    entries: () => known.entries(),
  };
}

/** Remembers the entries of the last day up to a sequence, as far as the journal has them. */
export async function recallRecent(
  recent: RecentEvents,
  journal: Pick<Journal, 'entriesAfter' | 'startOf'>,
  sequence: number,
): Promise<void> {
  if (sequence === 0) return;
  for await (const entries of journal.entriesAfter(await journal.startOf(RECENT))) {
    for (const entry of entries) {
      if (entry.sequence > sequence) return;
      recent.addEntry(entry);
    }
  }
}
