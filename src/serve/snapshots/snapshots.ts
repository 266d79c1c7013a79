/** What is known at a moment, on disk: so that a start needs not read the whole journal. The journal is the truth; a snapshot may be lost. */
import { Buffer } from 'node:buffer';
import type { MemoryCapture } from '../../memory/capture.ts';
import type { JournalStore } from '../journal/store.ts';
import type { Pace } from './pace.ts';
import { type RecentPiece, recentFrom, recentToBytes } from './recent-piece.ts';
import { readPieces, type SnapshotPiece, writePieces } from './snapshot-file.ts';

/** A memory by the name of its model, and a key of all that it depends on. */
export interface NamedCapture {
  readonly name: string;
  readonly key: string;
  readonly capture: MemoryCapture;
}

export interface Snapshots {
  /** Writes one as of a sequence: then it is the newest. So many stay, of which it is one; 2 unless told otherwise. */
  write(sequence: number, content: SnapshotContent, options?: SnapshotWriting): Promise<void>;
  /** The newest that is whole; undefined where there is none. */
  readonly newest: FoundSnapshot | undefined;
  /** Sequence of the oldest that is kept; undefined until all are there that will be kept. */
  readonly oldest: number | undefined;
  /** What a memory knew then, for `restoreMemory`; undefined where the newest has none of this name and key. */
  memory(name: string, key: string): AsyncIterable<Uint8Array> | undefined;
  /** The same, of a model of any name. */
  memoryOfKey(key: string): AsyncIterable<Uint8Array> | undefined;
}

export interface SnapshotWriting {
  readonly kept?: number | undefined;
  /** Without rest unless told otherwise. */
  readonly pace?: Pick<Pace, 'pause'> | undefined;
}

export interface SnapshotContent {
  /** Taken or released afterwards. */
  readonly memories: readonly NamedCapture[];
  readonly recent: Iterable<RecentPiece>;
}

export interface FoundSnapshot {
  readonly sequence: number;
  readonly recent: readonly RecentPiece[];
}

interface SnapshotHeader {
  readonly sequence: number;
  readonly memories: readonly { readonly name: string; readonly key: string }[];
}

/** What a piece holds. From `memories` on: chunks of the memory of that number in the header. */
const TAG = { header: 0, recent: 1, memories: 2 } as const;

interface Newest extends FoundSnapshot {
  readonly file: string;
  readonly memories: SnapshotHeader['memories'];
}

const KEPT = 2;
const ENDING = '.snapshot';
/** Bytes of a memory that are read before others get their turn. */
const TURN = 1 << 17;
const nameOf = (sequence: number): string => `${String(sequence).padStart(16, '0')}${ENDING}`;

/** Finds the newest that is whole, of at most this sequence; one that is not is passed over, and told. */
export async function openSnapshots(
  store: JournalStore,
  last: number,
  warn: (message: string) => void,
): Promise<Snapshots> {
  let newest: Newest | undefined;
  let oldest: number | undefined;
  for (const file of (await snapshotFiles(store)).toReversed()) {
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
    get oldest() {
      return oldest;
    },
    async write(sequence, content, { kept = KEPT, pace } = {}) {
      const file = nameOf(sequence);
      try {
        await writePieces(store, file, piecesOf(sequence, content), pace);
      } finally {
        for (const { capture } of content.memories) capture.release();
      }
      const memories = content.memories.map(({ name, key }) => ({ name, key }));
      newest = { file, sequence, recent: [], memories };
      const others = (await snapshotFiles(store)).filter((each) => each !== file);
      const stay = others.slice(Math.max(0, others.length + 1 - kept));
      for (const old of others) if (!stay.includes(old)) await store.remove(old);
      await store.syncNames();
      oldest = stay.length === kept - 1 ? Number.parseInt(stay[0] ?? file, 10) : undefined;
    },
    memory(name, key) {
      const at = newest?.memories.findIndex((each) => each.name === name && each.key === key) ?? -1;
      return newest && at >= 0 ? bytesOf(store, newest.file, at) : undefined;
    },
    memoryOfKey(key) {
      const at = newest?.memories.findIndex((each) => each.key === key) ?? -1;
      return newest && at >= 0 ? bytesOf(store, newest.file, at) : undefined;
    },
  };
}

/** Oldest first. */
export async function snapshotFiles(store: JournalStore): Promise<readonly string[]> {
  return (await store.list()).filter((name) => /^\d{16}\.snapshot$/.test(name)).sort();
}

async function found(store: JournalStore, file: string, last: number): Promise<Newest> {
  let header: SnapshotHeader | undefined;
  const recent: RecentPiece[] = [];
  for await (const { tag, bytes } of readPieces(store, file)) {
    if (tag === TAG.header) header = JSON.parse(Buffer.from(bytes).toString()) as SnapshotHeader;
    if (tag === TAG.recent) recent.push(recentFrom(bytes));
  }
  if (!header) throw new RangeError('found none of its head');
  if (header.sequence > last)
    throw new RangeError(`found one of entry ${header.sequence}, which is not in the journal`);
  return { file, sequence: header.sequence, memories: header.memories, recent };
}

async function* bytesOf(store: JournalStore, file: string, memory: number): AsyncGenerator<Uint8Array> {
  let turn = 0;
  for await (const { tag, bytes } of readPieces(store, file)) {
    if (tag !== TAG.memories + memory) continue;
    yield bytes;
    turn += bytes.length;
    if (turn < TURN) continue;
    // A model may be restored while another answers.
    await new Promise(setImmediate);
    turn = 0;
  }
}

function* piecesOf(sequence: number, { memories, recent }: SnapshotContent): Generator<SnapshotPiece> {
  const header: SnapshotHeader = { sequence, memories: memories.map(({ name, key }) => ({ name, key })) };
  yield { tag: TAG.header, bytes: Buffer.from(JSON.stringify(header)) };
  for (const [memory, { capture }] of memories.entries())
    for (const bytes of capture) yield { tag: TAG.memories + memory, bytes };
  for (const piece of recent) yield { tag: TAG.recent, bytes: recentToBytes(piece) };
}
