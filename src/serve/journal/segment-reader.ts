import { Buffer } from 'node:buffer';
import { nextMark, RECORD_HEAD, RECORD_LIMIT, type ReadRecord, readRecord, SEGMENT_HEAD } from './record.ts';
import type { ReadFile } from './store.ts';

/** How a segment ends. */
export interface SegmentEnd {
  /** Bytes that are whole, from the beginning. */
  readonly whole: number;
  /**
   * What stands after them. `torn`: the rest was never known to be on disk, as after a crash; `damaged`: it was, and then was changed; `next` is the sequence of the first
   * entry after it that is whole again.
   */
  readonly rest: 'nothing' | 'torn' | { readonly damaged: true; readonly next: number };
}

export interface PlacedRecord extends ReadRecord {
  /** The byte at which it begins. */
  readonly at: number;
}

const CHUNK = 1 << 18;

/** The whole records of a segment, from a byte on at which one begins, up to `upTo`, in pieces; at last how it ends. */
export async function* readSegment(
  file: ReadFile,
  { from = 0, upTo = file.length }: { readonly from?: number; readonly upTo?: number | undefined } = {},
): AsyncGenerator<readonly PlacedRecord[], SegmentEnd> {
  let at = from;
  if (at === 0) {
    const head = await file.read(0, Math.min(SEGMENT_HEAD.length, upTo));
    if (upTo === 0) return { whole: 0, rest: 'nothing' };
    if (SEGMENT_HEAD.compare(head) !== 0) return endOf(file, { at: 0, upTo });
    at = SEGMENT_HEAD.length;
  }
  let wanted = CHUNK;
  while (at < upTo) {
    const bytes = Buffer.from(await file.read(at, Math.min(wanted, upTo - at)));
    const records: PlacedRecord[] = [];
    let used = 0;
    let found: ReturnType<typeof readRecord> = 'more';
    while (used < bytes.length) {
      found = readRecord(bytes, used);
      if (found === undefined || found === 'more') break;
      records.push({ ...found, at: at + used });
      used += found.length;
    }
    if (records.length > 0) yield records;
    const isEnd = at + bytes.length >= upTo;
    at += used;
    if (found === undefined || (found === 'more' && isEnd && at < upTo)) return endOf(file, { at, upTo });
    if (bytes.length === 0) break;
    wanted = used === 0 ? Math.min(2 * wanted, RECORD_HEAD + RECORD_LIMIT) : CHUNK;
  }
  return { whole: at, rest: 'nothing' };
}

/** What stands after the last whole record: it was on disk once where a later record says so. */
async function endOf(
  file: ReadFile,
  { at, upTo }: { readonly at: number; readonly upTo: number },
): Promise<SegmentEnd> {
  const bytes = Buffer.from(await file.read(at, upTo - at));
  for (let mark = nextMark(bytes, 1); mark >= 0; mark = nextMark(bytes, mark + 1)) {
    const record = readRecord(bytes, mark);
    if (record === undefined || record === 'more' || record.synced <= at) continue;
    return { whole: at, rest: { damaged: true, next: record.sequence } };
  }
  return { whole: at, rest: 'torn' };
}
