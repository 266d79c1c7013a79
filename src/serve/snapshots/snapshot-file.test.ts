import { Buffer } from 'node:buffer';
import { expect, it } from 'vitest';
import { createFaultyDisk } from '../../../test/faulty-store.ts';
import { createRng } from '../../random/rng.ts';
import type { JournalStore } from '../journal/store.ts';
import { readPieces, type SnapshotPiece, writePieces } from './snapshot-file.ts';

const NAME = 'one.snapshot';

const diskWith = async (pieces: readonly SnapshotPiece[]): Promise<JournalStore> => {
  const store = createFaultyDisk(createRng('disk')).open();
  await writePieces(store, NAME, pieces);
  return store;
};

async function piecesIn(store: JournalStore): Promise<readonly SnapshotPiece[]> {
  const pieces: SnapshotPiece[] = [];
  for await (const { tag, bytes } of readPieces(store, NAME)) pieces.push({ tag, bytes: Buffer.from(bytes) });
  return pieces;
}

/** The same file with other bytes. */
async function replaced(store: JournalStore, bytes: Uint8Array): Promise<JournalStore> {
  await store.remove(NAME);
  await (await store.append(NAME)).append(bytes);
  return store;
}

const bytesOf = async (store: JournalStore): Promise<Buffer> => {
  const file = await store.read(NAME);
  return Buffer.from(await file.read(0, file.length));
};

it('gives the pieces that were written, those of no bytes and those longer than what is read at once too', async () => {
  const lengths = [0, 5, 1 << 20, 3 << 20, 5 << 20, 0, 70_000];
  const pieces = lengths.map((length, tag) => ({ tag, bytes: Buffer.alloc(length, tag + 1) }));
  expect((await piecesIn(await diskWith(pieces))).every(({ tag, bytes }) => pieces[tag].bytes.equals(bytes))).toBe(
    true,
  );
  expect(await piecesIn(await diskWith(pieces))).toHaveLength(lengths.length);
  expect(await piecesIn(await diskWith([]))).toEqual([]);
});

it('refuses a file of which any byte is another, is missing, or is too many', async () => {
  const pieces = [
    { tag: 0, bytes: Buffer.from('head') },
    { tag: 7, bytes: Buffer.alloc(0) },
    { tag: 2, bytes: Buffer.from('some bytes') },
  ];
  const store = await diskWith(pieces);
  const whole = await bytesOf(store);
  for (let at = 0; at < whole.length; at++) {
    const damaged = Buffer.from(whole);
    damaged[at] ^= 16;
    await expect(piecesIn(await replaced(store, damaged))).rejects.toThrow(RangeError);
    await expect(piecesIn(await replaced(store, whole.subarray(0, at)))).rejects.toThrow(RangeError);
  }
  await expect(piecesIn(await replaced(store, Buffer.concat([whole, Buffer.of(0)])))).rejects.toThrow('after the end');
  expect(await piecesIn(await replaced(store, whole))).toHaveLength(3);
});

it('refuses a file that lacks a piece between others', async () => {
  const [few, more] = await Promise.all(
    [['a'], ['a', 'b']].map(async (texts) =>
      bytesOf(await diskWith(texts.map((text) => ({ tag: 1, bytes: Buffer.from(text) })))),
    ),
  );
  // All of the longer one but its second piece.
  const without = Buffer.concat([few.subarray(0, 16 + 13), more.subarray(16 + 2 * 13)]);
  await expect(piecesIn(await replaced(await diskWith([]), without))).rejects.toThrow('found 1 pieces of 2');
});
