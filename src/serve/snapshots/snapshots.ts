/** What is known at a moment, on disk: so that a start needs not read the whole journal. The journal is the truth; a snapshot may be lost. */
import type { MemorySnapshot } from '../../memory/snapshot.ts';
import type { JournalStore } from '../journal/store.ts';
import { createMemoryBuilder, type MemoryPiece, piecesOfMemory } from './memory-pieces.ts';
import { readPieces, writePieces } from './snapshot-file.ts';

/** A memory by the name of its model, and a key of all that it depends on. */
export interface NamedMemory {
  readonly name: string;
  readonly key: string;
  /** Taken at once; what comes later does not change it. */
  readonly memory: MemorySnapshot;
}

/** An event of the last day: by which it is known again, its sequence, and when it arrived. */
export type RecentPiece = readonly (readonly [key: string, sequence: number, arrivedAt: number])[];

export interface Snapshots {
  /** Writes one as of a sequence; then it is the newest, and all but `kept` go. */
  write(sequence: number, content: SnapshotContent): Promise<void>;
  /** Of the newest that is whole; undefined where there is none. */
  readonly newest: FoundSnapshot | undefined;
  /** What a memory knew then; undefined where the newest has none of this name and key. */
  memory(name: string, key: string): Promise<MemorySnapshot | undefined>;
}

export interface SnapshotContent {
  readonly memories: readonly NamedMemory[];
  readonly recent: Iterable<RecentPiece>;
}

export interface FoundSnapshot {
  readonly sequence: number;
  readonly recent: RecentPiece;
}

interface Header {
  readonly sequence: number;
}

type Piece =
  | { readonly header: Header }
  | { readonly name: string; readonly key: string; readonly piece: MemoryPiece }
  | { readonly recent: RecentPiece };

const KEPT = 2;
const ENDING = '.snapshot';
const nameOf = (sequence: number): string => `${String(sequence).padStart(16, '0')}${ENDING}`;

/** Finds the newest that is whole, of at most this sequence; one that is not is passed over, and told. */
export async function openSnapshots(
  store: JournalStore,
  last: number,
  warn: (message: string) => void,
): Promise<Snapshots> {
  let newest: (FoundSnapshot & { readonly file: string }) | undefined;
  for (const file of (await filesOf(store)).toReversed()) {
    newest = await found(store, file, last).catch((error: Error) => {
      warn(
        `${store.name}: ${file}: expected a snapshot as it was written, ${error.message}; what was known is read from the one before it, or from the journal`,
      );
      return undefined;
    });
    if (newest) break;
  }

  return {
    get newest() {
      return newest;
    },
    async write(sequence, content) {
      const file = nameOf(sequence);
      await writePieces(store, file, piecesOf(sequence, content));
      newest = { file, sequence, recent: [] };
      const files = await filesOf(store);
      for (const old of files.filter((each) => each !== file).slice(0, -(KEPT - 1))) await store.remove(old);
      await store.syncNames();
    },
    async memory(name, key) {
      if (!newest) return undefined;
      const builder = createMemoryBuilder();
      let isThere = false;
      for await (const piece of readPieces(store, newest.file) as AsyncIterable<Piece>) {
        if (!('piece' in piece) || piece.name !== name || piece.key !== key) continue;
        isThere = true;
        builder.add(piece.piece);
      }
      return isThere ? builder.build() : undefined;
    },
  };
}

/** Oldest first. */
async function filesOf(store: JournalStore): Promise<readonly string[]> {
  return (await store.list()).filter((name) => /^\d{16}\.snapshot$/.test(name)).sort();
}

async function found(store: JournalStore, file: string, last: number): Promise<FoundSnapshot & { file: string }> {
  let header: Header | undefined;
  const recent: RecentPiece[] = [];
  for await (const piece of readPieces(store, file) as AsyncIterable<Piece>) {
    if ('header' in piece) header = piece.header;
    if ('recent' in piece) recent.push(piece.recent);
  }
  if (!header) throw new RangeError('found none of its head');
  if (header.sequence > last)
    throw new RangeError(`found one of entry ${header.sequence}, which is not in the journal`);
  return { file, sequence: header.sequence, recent: recent.flat() };
}

function* piecesOf(sequence: number, { memories, recent }: SnapshotContent): Generator<Piece> {
  yield { header: { sequence } };
  for (const { name, key, memory } of memories) for (const piece of piecesOfMemory(memory)) yield { name, key, piece };
  for (const piece of recent) yield { recent: piece };
}
