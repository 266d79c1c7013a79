/**
 * A snapshot's bytes: a head, and then pieces, each a value as the structured clone algorithm writes it, with its length and CRC-32. The last piece says how many there are.
 * It is written piece by piece, so that others get their turn, beside its place, and put there once it is on disk.
 */
import { Buffer } from 'node:buffer';
import { deserialize, serialize } from 'node:v8';
import { crc32 } from 'node:zlib';
import { UNFINISHED } from '../journal/segments.ts';
import type { JournalStore, ReadFile } from '../journal/store.ts';

const HEAD: Buffer = Buffer.from('slatewise snap 1', 'latin1');
const PIECE_HEAD = 8;
/** Bytes that are written at once. */
const WRITTEN = 1 << 20;
/** Bytes after which others get their turn: by no clock, so that a test sees the same again. */
const TURN = 1 << 17;

/** Returns once the file is in its place, on disk. */
export async function writePieces(store: JournalStore, name: string, pieces: Iterable<unknown>): Promise<void> {
  const building = `${name}${UNFINISHED}`;
  await store.remove(building);
  const file = await store.append(building);
  try {
    let held: Buffer[] = [HEAD];
    let size = HEAD.length;
    let count = 0;
    let turn = 0;
    for (const piece of pieces) {
      const bytes = pieceOf(piece);
      held.push(...bytes);
      size += bytes[0].length + bytes[1].length;
      turn += bytes[1].length;
      count++;
      if (size >= WRITTEN) {
        await file.append(Buffer.concat(held));
        [held, size] = [[], 0];
      }
      if (turn < TURN) continue;
      await new Promise(setImmediate);
      turn = 0;
    }
    await file.append(Buffer.concat([...held, ...pieceOf({ pieces: count })]));
    await file.sync();
  } finally {
    await file.close();
  }
  await store.rename(building, name);
  await store.syncNames();
}

function pieceOf(value: unknown): readonly [head: Buffer, body: Buffer] {
  const body = serialize(value);
  const head = Buffer.allocUnsafe(PIECE_HEAD);
  head.writeUInt32LE(body.length, 0);
  head.writeUInt32LE(crc32(body), 4);
  return [head, body];
}

/** The pieces in their order, but the last. Throws where any byte is not as it was written. */
export async function* readPieces(store: JournalStore, name: string): AsyncGenerator<unknown, void> {
  const file = await store.read(name);
  try {
    if (HEAD.compare(await file.read(0, HEAD.length)) !== 0) throw new RangeError('found another head');
    let at = HEAD.length;
    let count = 0;
    for (;;) {
      const value = await pieceAt(file, at);
      at += value.length;
      if (at === file.length) {
        const { pieces } = value.piece as { readonly pieces?: unknown };
        if (pieces !== count) throw new RangeError(`found ${count} pieces of ${String(pieces)}`);
        return;
      }
      count++;
      yield value.piece;
    }
  } finally {
    await file.close();
  }
}

async function pieceAt(file: ReadFile, at: number): Promise<{ readonly piece: unknown; readonly length: number }> {
  const head = Buffer.from(await file.read(at, PIECE_HEAD));
  if (head.length < PIECE_HEAD) throw new RangeError(`found its end at byte ${at}`);
  const length = head.readUInt32LE(0);
  if (at + PIECE_HEAD + length > file.length) throw new RangeError(`found its end after byte ${at}`);
  const body = Buffer.from(await file.read(at + PIECE_HEAD, length));
  if (crc32(body) !== head.readUInt32LE(4)) throw new RangeError(`found other bytes after byte ${at}`);
  return { piece: deserialize(body), length: PIECE_HEAD + length };
}
