/** Records of bytes in the order in which they come, each of which begins with an id that several of them may have; the oldest goes first. */
import { type ByteChunks, createByteChunks, type FrozenChunks } from './byte-chunks.ts';
import type { ByteReader, ByteWriter } from './bytes.ts';
import { hashOfText, isTextAt, mostBytesOf, readLetters, skipLetters, writeLetters } from './packed-text.ts';
import { createRowIndex, type RowIndex } from './row-index.ts';

export interface PackedRows {
  readonly size: number;
  /** Numbers of the oldest row, and of the one that comes next. */
  readonly first: number;
  readonly end: number;
  /** A new row with its id; at most so many bytes more are written behind it at once. */
  add(id: string, most: number): ByteWriter;
  /** Those of an id, oldest first. */
  of(id: string): readonly number[];
  idOf(row: number): string;
  /** What a row has behind its id. */
  readAt(row: number): ByteReader;
  /** The same, to be changed at once. */
  changeAt(row: number): ByteReader;
  removeFirst(): void;
  clear(): void;
  /** All as they are now, whatever comes later: readers of whole rows, each with its id. */
  capture(): FrozenChunks;
}

/** Rows at the beginning; a power of two. */
const ROOM = 64;

export function createPackedRows(): PackedRows {
  let chunks: ByteChunks = createByteChunks();
  let first = 1;
  let end = 1;
  let byId: RowIndex = createRowIndex(first);
  /** Where each row begins, by the lowest digits of its number. */
  let places = new Float64Array(ROOM);

  const startOf = (row: number): number => places[row & (places.length - 1)];
  const behindId = (reader: ByteReader): ByteReader => {
    skipLetters(reader);
    return reader;
  };

  function grow(): void {
    const wider = new Float64Array(2 * places.length);
    for (let row = first; row < end; row++) wider[row & (wider.length - 1)] = startOf(row);
    places = wider;
  }

  return {
    get size() {
      return end - first;
    },
    get first() {
      return first;
    },
    get end() {
      return end;
    },
    add(id, most) {
      if (end - first === places.length) grow();
      const writer = chunks.begin(mostBytesOf(id) + most);
      places[end & (places.length - 1)] = chunks.end;
      byId.add(end++, hashOfText(id));
      writeLetters(writer, id);
      return writer;
    },
    of(id) {
      const rows = byId.of(hashOfText(id));
      return rows.length === 0 ? rows : rows.filter((row) => isTextAt(chunks.readAt(startOf(row)), id));
    },
    idOf: (row) => readLetters(chunks.readAt(startOf(row))),
    readAt: (row) => behindId(chunks.readAt(startOf(row))),
    changeAt: (row) => behindId(chunks.changeAt(startOf(row))),
    removeFirst() {
      first++;
      byId.removeBefore(first);
      // The chunk that is written stays.
      chunks.removeBefore(first < end ? startOf(first) : chunks.end);
    },
    clear() {
      chunks = createByteChunks();
      byId = createRowIndex(end);
      first = end;
      places = new Float64Array(ROOM);
    },
    capture: () => chunks.capture(first < end ? startOf(first) : chunks.end),
  };
}
