/** Open and closed lists as few bytes, and back, bit for bit: a snapshot may hold a million, with numbers that JSON would spell out. */
import {
  type ByteReader,
  createByteReader,
  createByteWriter,
  MOST_BYTES,
  readDouble,
  readWhole,
  reserve,
  writeDouble,
  writeWhole,
} from './bytes.ts';
import { bytesOfText, textOfBytes, wholes, wholesOf } from './frames.ts';
import { sharedMarks, sharedPlaces } from './list-arrays.ts';
import type { ClosedList, OpenList } from './open-lists.ts';

/** Lists that are gathered until they are bytes enough. */
export interface ListPacker {
  add(list: OpenList): void;
  /** Bytes gathered, about. */
  readonly size: number;
  /** What was gathered, to be put end to end; begins anew. */
  take(): readonly Uint8Array[];
}

/** Numbers of a list that are there always, and those of each of its items: index, position, three expected clicks, and two flags as one. */
const FIXED = 5;
const OF_ITEM = 6;

/** First how long the strings are together, then ids and users as JSON, then the numbers. */
export function createListPacker(): ListPacker {
  const writer = createByteWriter();
  let strings: string[] = [];
  return {
    add(list) {
      const { id, user, items, positions, expected3K, clickedK, clickedAtOnceK } = list;
      const K = items.length;
      strings.push(id, user);
      reserve(writer, MOST_BYTES * (FIXED + OF_ITEM * K));
      writeDouble(writer, list.print);
      writeWhole(writer, list.sequence);
      writeDouble(writer, list.time);
      writeDouble(writer, list.shownAt);
      writeWhole(writer, K);
      for (let k = 0; k < K; k++) {
        writeWhole(writer, items[k]);
        writeWhole(writer, positions[k]);
        writeWhole(writer, 2 * clickedK[k] + clickedAtOnceK[k]);
      }
      for (let at = 0; at < 3 * K; at++) writeDouble(writer, expected3K[at]);
    },
    get size() {
      return writer.at;
    },
    take() {
      const names = bytesOfText(JSON.stringify(strings));
      const bytes = writer.bytes.slice(0, writer.at);
      writer.at = 0;
      strings = [];
      return [wholes([names.length]), names, bytes];
    },
  };
}

/** Closed lists, to be put end to end: how long the ids are together, the ids as JSON, then the numbers. */
export function packClosed(lists: readonly ClosedList[]): readonly Uint8Array[] {
  const names = bytesOfText(JSON.stringify(lists.map(({ id }) => id)));
  const writer = createByteWriter(3 * MOST_BYTES * lists.length);
  for (const { print, time, shownAt } of lists) {
    writeDouble(writer, print);
    writeDouble(writer, time);
    writeDouble(writer, shownAt);
  }
  return [wholes([names.length]), names, writer.bytes];
}

export function unpackClosed(bytes: Uint8Array): ClosedList[] {
  const { strings, reader } = opened(bytes);
  return strings.map((id) => ({
    id,
    print: readDouble(reader),
    time: readDouble(reader),
    shownAt: readDouble(reader),
  }));
}

interface Opened {
  readonly strings: readonly string[];
  readonly reader: ByteReader;
}

function opened(bytes: Uint8Array): Opened {
  const [length] = wholesOf(bytes.subarray(0, 4));
  return {
    strings: JSON.parse(textOfBytes(bytes.subarray(4, 4 + length))) as readonly string[],
    reader: createByteReader(bytes.subarray(4 + length)),
  };
}

/** The open lists of what one `take` gave. */
export function unpackLists(bytes: Uint8Array): OpenList[] {
  const { strings, reader } = opened(bytes);
  const lists: OpenList[] = [];
  for (let at = 0; at < strings.length; at += 2) {
    const print = readDouble(reader);
    const sequence = readWhole(reader);
    const time = readDouble(reader);
    const shownAt = readDouble(reader);
    const K = readWhole(reader);
    const [items, positions] = [new Array<number>(K), new Array<number>(K)];
    const [clickedK, clickedAtOnceK] = [new Array<number>(K), new Array<number>(K)];
    for (let k = 0; k < K; k++) {
      items[k] = readWhole(reader);
      positions[k] = readWhole(reader);
      const flags = readWhole(reader);
      clickedK[k] = flags >> 1;
      clickedAtOnceK[k] = flags & 1;
    }
    const expected3K = new Array<number>(3 * K);
    for (let n = 0; n < 3 * K; n++) expected3K[n] = readDouble(reader);
    // In the order in which a list that is shown has them, and none spread: then all lists are of one shape.
    lists.push({
      id: strings[at],
      print,
      sequence,
      time,
      shownAt,
      user: strings[at + 1],
      items,
      positions: sharedPlaces(positions),
      expected3K,
      clickedK: sharedMarks(clickedK),
      clickedAtOnceK: sharedMarks(clickedAtOnceK),
    });
  }
  return lists;
}
