/**
 * A snapshot's bytes: a head, and then pieces, each with its tag, its length and a CRC-32 of all three. The last piece says how many there are before it. It is written
 * piece by piece, so that others get their turn, beside its place, and put there once it is on disk.
 */
import { Buffer } from 'node:buffer';
import { crc32 } from 'node:zlib';
import { UNFINISHED } from '../journal/segments.ts';
import type { JournalStore, ReadFile } from '../journal/store.ts';
import { type Pace, withoutRest } from './pace.ts';

export interface SnapshotPiece {
  /** What it holds: a whole number from 0, below `END`. */
  readonly tag: number;
  readonly bytes: Uint8Array;
}

/** The last digit changes when older files can no longer be read. */
const HEAD: Buffer = Buffer.from('slatewise snap 3', 'latin1');
const END = 0xffffffff;
/** CRC-32, tag, length. */
const PIECE_HEAD = 12;
/** Bytes that are written at once. */
const WRITTEN = 1 << 20;
/** Bytes after which others get their turn. */
const TURN = 1 << 16;
/** Bytes that are read at once: on a busy machine every call waits for its turn. */
const READ = 1 << 22;

/** Returns once the file is in its place, on disk. */
export async function writePieces(
  store: JournalStore,
  name: string,
  pieces: Iterable<SnapshotPiece>,
  pace: Pick<Pace, 'pause'> = withoutRest,
): Promise<void> {
  const building = `${name}${UNFINISHED}`;
  await store.remove(building);
  const file = await store.append(building);
  try {
    let held: Uint8Array[] = [HEAD];
    let size = HEAD.length;
    let count = 0;
    let turn = 0;
    for (const piece of pieces) {
      held.push(headOf(piece), piece.bytes);
      size += PIECE_HEAD + piece.bytes.length;
      turn += piece.bytes.length;
      count++;
      if (size >= WRITTEN) {
        await file.append(Buffer.concat(held));
        [held, size] = [[], 0];
      }
      if (turn < TURN) continue;
      await pace.pause();
      turn = 0;
    }
    const end = { tag: END, bytes: Buffer.from(String(count)) };
    await file.append(Buffer.concat([...held, headOf(end), end.bytes]));
    await file.sync();
  } finally {
    await file.close();
  }
  await store.rename(building, name);
  await store.syncNames();
}

function headOf({ tag, bytes }: SnapshotPiece): Buffer {
  const head = Buffer.allocUnsafe(PIECE_HEAD);
  head.writeUInt32LE(tag, 4);
  head.writeUInt32LE(bytes.length, 8);
  head.writeUInt32LE(crc32(bytes, crc32(head.subarray(4))), 0);
  return head;
}

/** The pieces in their order, but the last. Throws where any byte is not as it was written. */
export async function* readPieces(store: JournalStore, name: string): AsyncGenerator<SnapshotPiece, void> {
  const file = await store.read(name);
  try {
    const take = takerOf(file);
    if (HEAD.compare(await take(HEAD.length)) !== 0) throw new RangeError('found another head');
    for (let count = 0; ; count++) {
      const head = await take(PIECE_HEAD);
      const [sum, tag, length] = [head.readUInt32LE(0), head.readUInt32LE(4), head.readUInt32LE(8)];
      const headSum = crc32(head.subarray(4));
      const bytes = await take(length);
      if (crc32(bytes, headSum) !== sum) throw new RangeError(`found other bytes in piece ${count + 1}`);
      if (tag !== END) {
        yield { tag, bytes };
        continue;
      }
      if (bytes.toString() !== String(count)) throw new RangeError(`found ${count} pieces of ${bytes.toString()}`);
      if (take.rest() > 0) throw new RangeError(`found ${take.rest()} bytes after the end`);
      return;
    }
  } finally {
    await file.close();
  }
}

interface Taker {
  /** The next bytes, of which there must be so many. */
  (length: number): Promise<Buffer>;
  /** Bytes that were not taken. */
  rest(): number;
}

function takerOf(file: ReadFile): Taker {
  let held: Buffer = Buffer.alloc(0);
  let used = 0;
  let at = 0;
  const take = async (length: number): Promise<Buffer> => {
    if (at + length > file.length) throw new RangeError(`found its end after byte ${at}`);
    if (used + length > held.length) {
      const bytes = await file.read(at, Math.max(READ, length));
      held = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
      used = 0;
      if (held.length < length) throw new RangeError(`found its end after byte ${at}`);
    }
    const bytes = held.subarray(used, used + length);
    used += length;
    at += length;
    return bytes;
  };
  return Object.assign(take, { rest: () => file.length - at });
}
