import { type Journal, RECENT } from '../journal/contract.ts';
import type { JournalEntry } from '../journal/entry.ts';
import type { RecentPiece } from '../snapshots/recent-piece.ts';
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

const REMEMBERED = 2_000_000;
const PIECE = 1024;
/** So many that are gone are worth moving the rest for. */
const MOST_GONE = 1024;

/** Those beyond the limit are forgotten first: the oldest. Numbers lie in arrays, since an object for each of millions would cost more than all else. */
export function createRecentEvents(limit: number = REMEMBERED, stored: Iterable<RecentPiece> = []): RecentEvents {
  /** By key: how many came before it, ever. */
  const places = new Map<string, number>();
  let keys: (string | undefined)[] = [];
  let sequences: number[] = [];
  let arrivals: number[] = [];
  /** Of those arrays; what stands before it is gone. */
  let head = 0;
  /** Places before the arrays' first. */
  let before = 0;

  for (const piece of stored)
    for (let at = 0; at < piece.keys.length; at++) put(piece.keys[at], piece.sequences[at], piece.arrivals[at]);

  function put(key: string, sequence: number, arrivedAt: number): void {
    const known = places.get(key);
    if (known !== undefined) keys[known - before] = undefined;
    places.set(key, before + keys.length);
    keys.push(key);
    sequences.push(sequence);
    arrivals.push(arrivedAt);
  }

  function forgetOldest(now: number): void {
    for (; head < keys.length; head++) {
      const oldest = keys[head];
      if (oldest === undefined) continue;
      if (places.size <= limit && now - arrivals[head] <= RECENT) break;
      places.delete(oldest);
    }
    if (head < MOST_GONE || head < keys.length / 2) return;
    [keys, sequences, arrivals] = [keys.slice(head), sequences.slice(head), arrivals.slice(head)];
    before += head;
    head = 0;
  }

  function add(key: string, { sequence, arrivedAt }: RecentEvent): void {
    put(key, sequence, arrivedAt);
    forgetOldest(arrivedAt);
  }

  return {
    find(key) {
      const place = places.get(key);
      return place === undefined ? undefined : sequences[place - before];
    },
    add,
    addEntry(entry) {
      const key = entry.kind === 'event' ? eventKey(entry.id, entry.event) : undefined;
      if (key !== undefined) add(key, { sequence: entry.sequence, arrivedAt: entry.arrivedAt });
    },
    get size() {
      return places.size;
    },
    *pieces(last) {
      for (let place = before + head; place - before < keys.length; ) {
        const piece = { keys: [] as string[], sequences: [] as number[], arrivals: [] as number[] };
        for (; place - before < keys.length && piece.keys.length < PIECE; place++) {
          const at = place - before;
          if (sequences[at] > last) break;
          const key = keys[at];
          if (key === undefined) continue;
          piece.keys.push(key);
          piece.sequences.push(sequences[at]);
          piece.arrivals.push(arrivals[at]);
        }
        if (piece.keys.length > 0) yield piece;
        if (piece.keys.length < PIECE) return;
        // Some may have gone meanwhile.
        place = Math.max(place, before + head);
      }
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
