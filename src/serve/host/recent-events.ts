import { Buffer } from 'node:buffer';
import { type Journal, RECENT } from '../journal/contract.ts';
import type { JournalEntry } from '../journal/entry.ts';
import { KEY_LENGTH, type RecentPiece } from '../snapshots/recent-piece.ts';
import { eventKey } from './event-key.ts';
import { createKeyTable, type KeyTable } from './key-table.ts';

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

const REMEMBERED = 2_000_000;
const PIECE = 1024;

/** Those beyond the limit are forgotten first: the oldest. */
export function createRecentEvents(limit: number = REMEMBERED, stored: Iterable<RecentPiece> = []): RecentEvents {
  const table = createKeyTable(KEY_LENGTH);
  const own = Buffer.alloc(KEY_LENGTH);

  for (const { keys, sequences, arrivals } of stored)
    for (let at = 0; at < sequences.length; at++)
      put(keys.subarray(at * KEY_LENGTH, (at + 1) * KEY_LENGTH), sequences[at], arrivals[at]);

  function bytesOf(key: string): Uint8Array {
    if (key.length !== KEY_LENGTH || own.write(key, 'latin1') !== KEY_LENGTH)
      throw new RangeError(`an event's key: expected ${KEY_LENGTH} letters, found ${key.length}`);
    return own;
  }

  function put(key: Uint8Array, sequence: number, arrivedAt: number): void {
    const known = table.find(key);
    if (known >= 0) table.remove(known);
    table.push(key, sequence, arrivedAt);
  }

  function forgetOldest(now: number): void {
    let place = table.first;
    for (; place < table.end; place++) {
      if (!table.isThere(place)) continue;
      if (table.size <= limit && now - table.arrivalAt(place) <= RECENT) break;
      table.remove(place);
    }
    table.forgetBefore(place);
  }

  function add(key: string, { sequence, arrivedAt }: RecentEvent): void {
    put(bytesOf(key), sequence, arrivedAt);
    forgetOldest(arrivedAt);
  }

  return {
    find(key) {
      const place = table.find(bytesOf(key));
      return place < 0 ? undefined : table.sequenceAt(place);
    },
    add,
    addEntry(entry) {
      const key = entry.kind === 'event' ? eventKey(entry.id, entry.event) : undefined;
      if (key !== undefined) add(key, { sequence: entry.sequence, arrivedAt: entry.arrivedAt });
    },
    get size() {
      return table.size;
    },
    *pieces(last) {
      for (let place = table.first; place < table.end; ) {
        const places: number[] = [];
        for (; place < table.end && places.length < PIECE; place++) {
          if (!table.isThere(place)) continue;
          if (table.sequenceAt(place) > last) break;
          places.push(place);
        }
        if (places.length > 0) yield pieceOf(table, places);
        if (places.length < PIECE) return;
        // Some may have gone meanwhile.
        place = Math.max(place, table.first);
      }
    },
  };
}

function pieceOf(table: KeyTable, places: readonly number[]): RecentPiece {
  const keys = new Uint8Array(KEY_LENGTH * places.length);
  for (const [at, place] of places.entries()) keys.set(table.keyAt(place), KEY_LENGTH * at);
  return {
    keys,
    sequences: Float64Array.from(places, table.sequenceAt),
    arrivals: Float64Array.from(places, table.arrivalAt),
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
