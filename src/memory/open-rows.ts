/** Open lists as few bytes, in the order in which they entered, found by their id and by their user. */
import type { ByteReader } from './bytes.ts';
import type { OpenList } from './open-list.ts';
import {
  markInList,
  mostListBytes,
  type OpenHead,
  placeInList,
  readHead,
  readList,
  skipList,
  writeList,
} from './packed-list.ts';
import type { PackedList } from './packed-lists.ts';
import { createPackedRows, type PackedRows } from './packed-rows.ts';
import {
  eraseLetters,
  hashOfText,
  isTextAt,
  mostBytesOf,
  readLetters,
  skipLetters,
  writeLetters,
} from './packed-text.ts';
import { createRowIndex } from './row-index.ts';

export interface OpenRows extends Pick<PackedRows, 'size' | 'first' | 'end' | 'of' | 'idOf'> {
  add(list: OpenList): void;
  /** One that `capture` told. */
  restore(list: PackedList): void;
  /** Oldest first. */
  ofUser(user: string): readonly number[];
  headOf(row: number): OpenHead;
  userOf(row: number): string;
  /** Where an item stands in it; -1 where it does not. */
  placeIn(row: number, item: number): number;
  listOf(row: number): OpenList;
  /** A click on its k-th item came, and whether it is of the list's own millisecond. */
  mark(row: number, k: number, isAtOnce: boolean): void;
  removeFirst(): void;
  /** Those of a user are nobody's from now on, and nothing of the user is left in the bytes; whether there were any. */
  forgetUser(user: string): boolean;
  clear(): void;
  capture(): CapturedLists;
}

/** Open lists as they are at one moment, whatever comes later. */
export interface CapturedLists {
  /** Oldest first. */
  entries(): IterableIterator<PackedList>;
  /** To be called once. */
  release(): void;
}

export function createOpenRows(): OpenRows {
  const rows = createPackedRows();
  let byUser = createRowIndex();

  function begin(id: string, user: string, most: number) {
    const row = rows.end;
    const writer = rows.add(id, mostBytesOf(user) + most);
    byUser.add(row, user === '' ? 0 : hashOfText(user));
    writeLetters(writer, user);
    return writer;
  }

  function numbersOf(row: number): ByteReader {
    const reader = rows.readAt(row);
    skipLetters(reader);
    return reader;
  }

  function ofUser(user: string): readonly number[] {
    const found = byUser.of(hashOfText(user));
    return found.length === 0 ? found : found.filter((row) => isTextAt(rows.readAt(row), user));
  }

  return {
    get size() {
      return rows.size;
    },
    get first() {
      return rows.first;
    },
    get end() {
      return rows.end;
    },
    of: rows.of,
    idOf: rows.idOf,
    ofUser,
    add: (list) => writeList(begin(list.id, list.user, mostListBytes(list)), list),
    restore({ id, user, numbers }) {
      const writer = begin(id, user, numbers.length);
      writer.bytes.set(numbers, writer.at);
      writer.at += numbers.length;
    },
    headOf: (row) => readHead(numbersOf(row)),
    userOf: (row) => readLetters(rows.readAt(row)),
    placeIn: (row, item) => placeInList(numbersOf(row), item),
    listOf(row) {
      const reader = rows.readAt(row);
      const user = readLetters(reader);
      return readList(reader, rows.idOf(row), user);
    },
    mark(row, k, isAtOnce) {
      const reader = rows.changeAt(row);
      skipLetters(reader);
      markInList(reader, k, isAtOnce);
    },
    removeFirst() {
      rows.removeFirst();
      byUser.removeBefore(rows.first);
    },
    forgetUser(user) {
      const known = ofUser(user);
      for (const row of known) {
        eraseLetters(rows.changeAt(row));
        byUser.hide(row);
      }
      return known.length > 0;
    },
    clear() {
      rows.clear();
      byUser = createRowIndex(rows.first);
    },
    capture() {
      const { parts, release } = rows.capture();
      return { entries: () => listsIn(parts), release };
    },
  };
}

function* listsIn(parts: readonly ByteReader[]): Generator<PackedList> {
  for (const { bytes, view, at } of parts) {
    for (const reader = { bytes, view, at }; reader.at < bytes.length; ) {
      const [id, user] = [readLetters(reader), readLetters(reader)];
      const from = reader.at;
      skipList(reader);
      yield { id, user, numbers: bytes.subarray(from, reader.at) };
    }
  }
}
