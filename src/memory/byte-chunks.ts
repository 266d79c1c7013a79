/**
 * Records one behind the other, in chunks of bytes: a chunk goes when all of its records are gone. Bytes are not looked through by a garbage collector. A record may change in place; where a
 * picture of an earlier moment has its chunk, the chunk is copied first.
 */
import type { ByteReader, ByteWriter } from './bytes.ts';

export interface ByteChunks {
  /** Room for a record of so many bytes at most, behind the last one: until the next call it is written there. */
  begin(most: number): ByteWriter;
  /** Where the next byte goes. */
  readonly end: number;
  /** The record that begins at a place. */
  readAt(place: number): ByteReader;
  /** The same, to be changed at once. */
  changeAt(place: number): ByteReader;
  /** Nothing before this place is asked for any more. */
  removeBefore(place: number): void;
  /** What is held, in bytes. */
  readonly bytes: number;
  /** Everything from a place on as it is now, whatever comes later. */
  capture(place: number): FrozenChunks;
}

export interface FrozenChunks {
  /** Readers, each of whose bytes end with a record. */
  readonly parts: readonly ByteReader[];
  /** To be called once: until then chunks that change are copied. */
  release(): void;
}

interface Chunk extends ByteWriter {
  /** Pictures that have these bytes. */
  pictures: Set<object>;
}

/** Bytes of the first chunk, and of one after many. */
const FIRST = 4096;
const CHUNK = 1 << 18;
/** More than any chunk has: a place is a chunk's number times this, and where in it. */
const SPAN = 2 ** 32;

export function createByteChunks(): ByteChunks {
  let chunks: Chunk[] = [];
  /** Number of the first of them. */
  let first = 0;
  let size = FIRST;

  const chunkOf = (place: number): Chunk => {
    const chunk = chunks[Math.floor(place / SPAN) - first];
    if (!chunk) throw new RangeError('expected a record that is held, found none at its place');
    return chunk;
  };
  const readerOf = ({ bytes, view }: ByteWriter, place: number): ByteReader => ({ bytes, view, at: place % SPAN });

  return {
    begin(most) {
      const last = chunks.at(-1);
      if (last && last.at + most <= last.bytes.length) return last;
      const bytes = new Uint8Array(Math.max(most, size));
      size = Math.min(2 * size, CHUNK);
      const begun = { bytes, view: new DataView(bytes.buffer), at: 0, pictures: new Set<object>() };
      chunks.push(begun);
      return begun;
    },
    get end() {
      return (first + Math.max(0, chunks.length - 1)) * SPAN + (chunks.at(-1)?.at ?? 0);
    },
    readAt: (place) => readerOf(chunkOf(place), place),
    changeAt(place) {
      const chunk = chunkOf(place);
      if (chunk.pictures.size > 0) {
        chunk.bytes = chunk.bytes.slice();
        chunk.view = new DataView(chunk.bytes.buffer);
        chunk.pictures = new Set();
      }
      return readerOf(chunk, place);
    },
    removeBefore(place) {
      const gone = Math.floor(place / SPAN) - first;
      if (gone <= 0) return;
      chunks = chunks.slice(gone);
      first += gone;
    },
    get bytes() {
      return chunks.reduce((sum, { bytes }) => sum + bytes.length, 0);
    },
    capture(place) {
      const picture = {};
      const from = Math.floor(place / SPAN) - first;
      const held = chunks.slice(from);
      const parts = held.map(({ bytes, at }, n) => readerFrom(bytes.subarray(0, at), n === 0 ? place % SPAN : 0));
      for (const { pictures } of held) pictures.add(picture);
      return {
        parts,
        release() {
          for (const { pictures } of held) pictures.delete(picture);
        },
      };
    },
  };
}

const readerFrom = (bytes: Uint8Array, at: number): ByteReader => ({
  bytes,
  view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength),
  at,
});
