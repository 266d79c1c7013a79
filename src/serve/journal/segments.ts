/** The files of a journal's entries, and how the last of them is taken up again. */
import { InputError } from '../../slate/input-error.ts';
import { type PlacedRecord, readSegment, type SegmentEnd } from './segment-reader.ts';
import type { JournalStore } from './store.ts';

export interface Segment {
  readonly name: string;
  /** Sequence of its first entry. */
  readonly first: number;
}

/** A file that is not complete yet: whoever opens a journal removes it. */
export const UNFINISHED = '.part';

const ENDING = '.journal';

/** Names sort as sequences do. */
export const segmentAt = (first: number): Segment => ({ name: `${String(first).padStart(16, '0')}${ENDING}`, first });

/** Oldest first. */
export async function segmentsOf(store: JournalStore): Promise<Segment[]> {
  const names = await store.list();
  return names
    .filter((name) => /^\d{16}\.journal$/.test(name))
    .sort()
    .map((name) => segmentAt(Number(name.slice(0, -ENDING.length))));
}

/** Where a journal goes on. */
export interface JournalEnd {
  /** Of the last entry; 0 before the first. */
  readonly sequence: number;
  readonly arrivedAt: number;
  /** Bytes of the last segment. */
  readonly whole: number;
}

/**
 * Finds the end of a journal. A torn end of the last segment is cut, and told; what is whole is on disk afterwards. Throws `InputError` (`journal-damaged`) where something
 * that was written once is not as it was.
 */
export async function findEnd(
  store: JournalStore,
  segments: readonly Segment[],
  warn: (message: string) => void,
): Promise<JournalEnd> {
  const last = segments.at(-1);
  if (!last) return { sequence: 0, arrivedAt: 0, whole: 0 };
  const found = await scan(store, last);
  if (found.rest === 'torn') {
    warn(
      `${store.name}: ${last.name}: expected whole entries to its end, found ${found.length - found.whole} bytes after entry ${found.sequence}, from byte ${found.whole}, that a crash left half written; they are cut off, and nothing that was acknowledged as on disk is lost`,
    );
  }
  // What a killed process has written may not be on disk yet, even if it tried.
  await store.settle(last.name, { length: found.whole, synced: found.synced });
  await store.syncNames();
  if (found.arrivedAt > 0 || segments.length === 1) return found;
  const before = await scan(store, segments[segments.length - 2]);
  if (before.rest !== 'nothing') refuseDamage(store, segments[segments.length - 2], before.sequence, before.rest);
  return { ...found, arrivedAt: before.arrivedAt };
}

async function scan(
  store: JournalStore,
  segment: Segment,
): Promise<JournalEnd & { readonly rest: SegmentEnd['rest']; readonly length: number; readonly synced: number }> {
  const file = await store.read(segment.name);
  try {
    let sequence = segment.first - 1;
    let arrivedAt = 0;
    let synced = 0;
    const reading = readSegment(file);
    for (;;) {
      const { done, value } = await reading.next();
      if (done) {
        if (typeof value.rest === 'object') refuseDamage(store, segment, sequence, value.rest);
        return { sequence, arrivedAt, synced, ...value, length: file.length };
      }
      refuseGap(store, segment, sequence, value);
      const final = value[value.length - 1];
      ({ sequence, arrivedAt, synced } = final);
    }
  } finally {
    await file.close();
  }
}

/** Throws where entries do not follow each other. */
export function refuseGap(
  store: JournalStore,
  segment: Segment,
  before: number,
  records: readonly PlacedRecord[],
): void {
  const at = records.findIndex(({ sequence }, k) => sequence !== before + 1 + k);
  if (at >= 0) refuseDamage(store, segment, before + at, { damaged: true, next: records[at].sequence });
}

export function refuseDamage(
  store: JournalStore,
  segment: Segment,
  last: number,
  rest: Exclude<SegmentEnd['rest'], 'nothing'>,
): never {
  const lost = rest === 'torn' ? 'nothing whole' : `entry ${rest.next}`;
  throw new InputError(
    `${store.name}: ${segment.name}: expected entry ${last + 1} after entry ${last}, found damage and then ${lost}; put a copy of this file in its place`,
    'journal-damaged',
  );
}
