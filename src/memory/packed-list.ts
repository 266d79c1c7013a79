/** The numbers of an open list as bytes, and back, bit for bit. Behind them comes nothing: id and user lie apart. */
import {
  type ByteReader,
  type ByteWriter,
  MOST_BYTES,
  readDouble,
  readWhole,
  writeDouble,
  writeWhole,
} from './bytes.ts';
import type { OpenList } from './open-list.ts';

/** Numbers of a list that are there always, and those of each of its items: index, position, three expected clicks, and two flags as one. */
const FIXED = 5;
const OF_ITEM = 6;
/** Of an item's flags. */
const CLICKED = 2;
const AT_ONCE = 1;

export const mostListBytes = ({ items }: OpenList): number => MOST_BYTES * (FIXED + OF_ITEM * items.length);

/** There must be room. */
export function writeList(writer: ByteWriter, list: OpenList): void {
  const { items, positions, expected3K, clickedK, clickedAtOnceK } = list;
  const K = items.length;
  writeDouble(writer, list.print);
  writeWhole(writer, list.sequence);
  writeDouble(writer, list.time);
  writeDouble(writer, list.shownAt);
  writeWhole(writer, K);
  for (let k = 0; k < K; k++) {
    writeWhole(writer, items[k]);
    writeWhole(writer, positions[k]);
    writeWhole(writer, CLICKED * clickedK[k] + AT_ONCE * clickedAtOnceK[k]);
  }
  for (let n = 0; n < 3 * K; n++) writeDouble(writer, expected3K[n]);
}

/** What comes first of a list. */
export interface OpenHead {
  readonly print: number;
  readonly sequence: number;
  readonly time: number;
  readonly shownAt: number;
}

export function readHead(reader: ByteReader): OpenHead {
  const print = readDouble(reader);
  const sequence = readWhole(reader);
  const time = readDouble(reader);
  return { print, sequence, time, shownAt: readDouble(reader) };
}

export function readList(reader: ByteReader, id: string, user: string): OpenList {
  const { print, sequence, time, shownAt } = readHead(reader);
  const K = readWhole(reader);
  const [items, positions] = [new Array<number>(K), new Array<number>(K)];
  const [clickedK, clickedAtOnceK] = [new Array<number>(K), new Array<number>(K)];
  for (let k = 0; k < K; k++) {
    items[k] = readWhole(reader);
    positions[k] = readWhole(reader);
    const flags = readWhole(reader);
    clickedK[k] = flags >> 1;
    clickedAtOnceK[k] = flags & AT_ONCE;
  }
  const expected3K = new Array<number>(3 * K);
  for (let n = 0; n < 3 * K; n++) expected3K[n] = readDouble(reader);
  // In the order in which a list that is shown has them, and none spread: then all lists are of one shape.
  return { id, print, sequence, time, shownAt, user, items, positions, expected3K, clickedK, clickedAtOnceK };
}

/** Passes over one, all of which must be there. */
export function skipList(reader: ByteReader): void {
  readHead(reader);
  const K = readWhole(reader);
  for (let n = 0; n < 3 * K; n++) readWhole(reader);
  reader.at += 8 * 3 * K;
  if (reader.at > reader.bytes.length) throw new RangeError('expected the rest of a list, found the end');
}

/** Where an item stands in the list there; -1 where it does not. */
export function placeInList(reader: ByteReader, item: number): number {
  readHead(reader);
  const K = readWhole(reader);
  for (let k = 0; k < K; k++) {
    if (readWhole(reader) === item) return k;
    readWhole(reader);
    readWhole(reader);
  }
  return -1;
}

/** Writes down in the list there that its k-th item was clicked, and whether in the list's own millisecond. */
export function markInList(reader: ByteReader, k: number, isAtOnce: boolean): void {
  readHead(reader);
  readWhole(reader);
  for (let n = 0; n < 3 * k + 2; n++) readWhole(reader);
  // Flags take one byte.
  reader.bytes[reader.at] |= CLICKED | (isAtOnce ? AT_ONCE : 0);
}
