import { type ByteReader, MOST_BYTES, readDouble, writeDouble } from './bytes.ts';
import type { ClosedList } from './open-list.ts';
import { createPackedRows } from './packed-rows.ts';
import { readLetters } from './packed-text.ts';

/** Lists whose clicks are too late, so long as the same list is recognised; each as few bytes. */
export interface ClosedRows {
  add(list: ClosedList): void;
  has(id: string): boolean;
  /** Whether one of them has this time and print too. */
  hasList(list: Pick<ClosedList, 'id' | 'print' | 'shownAt'>): boolean;
  /** Forgets those of long ago. */
  expire(clock: number): void;
  clear(): void;
  /** Oldest first, as they are now, whatever comes later. */
  capture(): Iterable<ClosedList>;
}

/** How long a list is remembered, so that the same event is taken once; milliseconds. */
export const REMEMBERED = 86_400_000;

export function createClosedRows(): ClosedRows {
  const rows = createPackedRows();
  /** Of the oldest. */
  let oldest = Number.POSITIVE_INFINITY;
  const oldestNow = (): number =>
    rows.size > 0 ? readClosed(rows.readAt(rows.first), '').time : Number.POSITIVE_INFINITY;

  return {
    add({ id, print, time, shownAt }) {
      if (rows.size === 0) oldest = time;
      const writer = rows.add(id, 3 * MOST_BYTES);
      writeDouble(writer, print);
      writeDouble(writer, time);
      writeDouble(writer, shownAt);
    },
    has: (id) => rows.of(id).length > 0,
    hasList: ({ id, print, shownAt }) =>
      rows.of(id).some((row) => {
        const list = readClosed(rows.readAt(row), id);
        return list.shownAt === shownAt && list.print === print;
      }),
    expire(clock) {
      for (; clock - oldest > REMEMBERED; oldest = oldestNow()) rows.removeFirst();
    },
    clear() {
      rows.clear();
      oldest = Number.POSITIVE_INFINITY;
    },
    capture() {
      // They do not change: nothing need be kept for the picture.
      const { parts, release } = rows.capture();
      release();
      return { [Symbol.iterator]: () => closedIn(parts) };
    },
  };
}

function* closedIn(parts: readonly ByteReader[]): Generator<ClosedList> {
  for (const { bytes, view, at } of parts)
    for (const reader = { bytes, view, at }; reader.at < bytes.length; ) yield readClosed(reader, readLetters(reader));
}

function readClosed(reader: ByteReader, id: string): ClosedList {
  const print = readDouble(reader);
  const time = readDouble(reader);
  return { id, print, time, shownAt: readDouble(reader) };
}
