import { type Journal, RECENT } from '../journal/contract.ts';
import type { JournalEntry } from '../journal/entry.ts';
import type { RecentPiece } from '../snapshots/snapshots.ts';
import { eventKey } from './event-key.ts';

/** The events of the last day, by which one that is sent again is recognised: their keys, each with the sequence of its entry. */
export interface RecentEvents {
  /** The sequence of the entry; undefined where there was none within a day before the latest. */
  find(key: string): number | undefined;
  add(key: string, recent: RecentEvent): void;
  /** Remembers an event that a memory took. */
  addEntry(entry: JournalEntry): void;
  readonly size: number;
  /** Those up to a sequence, oldest first, in pieces: others may come while they are read. */
  pieces(sequence: number): Iterable<RecentPiece>;
}

export interface RecentEvent {
  readonly sequence: number;
  readonly arrivedAt: number;
}

const PIECE = 1024;

/** Those beyond the limit are forgotten first: the oldest. */
export function createRecentEvents(limit: number, stored: RecentPiece = []): RecentEvents {
  const known = new Map<string, RecentEvent>();
  for (const [key, sequence, arrivedAt] of stored) known.set(key, { sequence, arrivedAt });
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
    *pieces(last) {
      let piece: RecentPiece[number][] = [];
      for (const [key, { sequence, arrivedAt }] of known) {
        if (sequence > last) break;
        piece.push([key, sequence, arrivedAt]);
        if (piece.length < PIECE) continue;
        yield piece;
        piece = [];
      }
      if (piece.length > 0) yield piece;
    },
  };
}

/** Remembers the entries of the last day between two sequences, as far as the journal has them. */
export async function recallRecent(
  recent: RecentEvents,
  journal: Pick<Journal, 'entriesAfter' | 'startOf'>,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<void> {
  if (to <= from) return;
  for await (const entries of journal.entriesAfter(Math.max(from, await journal.startOf(RECENT)))) {
    for (const entry of entries) {
      if (entry.sequence > to) return;
      recent.addEntry(entry);
    }
  }
}
