/** Open and closed lists as a capture tells them: many together, their strings apart from their numbers. A snapshot may hold a million, with numbers that JSON would spell out. */
import {
  type ByteReader,
  createByteReader,
  createByteWriter,
  MOST_BYTES,
  readDouble,
  reserve,
  writeDouble,
} from './bytes.ts';
import { bytesOfText, textOfBytes, wholes, wholesOf } from './frames.ts';
import type { ClosedList } from './open-list.ts';
import { skipList } from './packed-list.ts';

/** An open list as it lies in bytes. */
export interface PackedList {
  readonly id: string;
  readonly user: string;
  /** Of `packed-list.ts`; hold until the next. */
  readonly numbers: Uint8Array;
}

/** Lists that are gathered until they are bytes enough. */
export interface ListPacker {
  add(list: PackedList): void;
  /** Bytes gathered, about. */
  readonly size: number;
  /** What was gathered, to be put end to end; begins anew. */
  take(): readonly Uint8Array[];
}

/** First how long the strings are together, then ids and users as JSON, then the numbers. */
export function createListPacker(): ListPacker {
  const writer = createByteWriter();
  let strings: string[] = [];
  return {
    add({ id, user, numbers }) {
      strings.push(id, user);
      reserve(writer, numbers.length);
      writer.bytes.set(numbers, writer.at);
      writer.at += numbers.length;
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

/** The open lists of what one `take` gave. Throws `RangeError` where they are not all there. */
export function* unpackLists(bytes: Uint8Array): Generator<PackedList> {
  const { strings, reader } = opened(bytes);
  for (let at = 0; at < strings.length; at += 2) {
    const from = reader.at;
    skipList(reader);
    yield { id: strings[at], user: strings[at + 1], numbers: reader.bytes.subarray(from, reader.at) };
  }
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

export function* unpackClosed(bytes: Uint8Array): Generator<ClosedList> {
  const { strings, reader } = opened(bytes);
  for (const id of strings)
    yield { id, print: readDouble(reader), time: readDouble(reader), shownAt: readDouble(reader) };
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
