import { type Segment, segmentAt } from './segments.ts';
import type { AppendedFile, JournalStore } from './store.ts';

/**
 * Writes the last file of a journal, and begins the next. After a failure nobody knows what the file holds beyond what is whole, and a later sync would not tell what an earlier
 * one has lost: before anything else is written it is cut to what is whole, and opened anew.
 */
export interface SegmentWriter {
  /** Oldest first. */
  readonly segments: readonly Segment[];
  /** Bytes of the last file that hold whole records. */
  readonly whole: number;
  /** Bytes of it that are known to be on disk. */
  readonly synced: number;
  /** After a failure that is not mended. */
  readonly isInDoubt: boolean;
  /** Makes the file ready that entry `next` goes to. */
  prepare(next: number): Promise<void>;
  /** Appends whole records, and returns once they are as safe as was asked for. */
  append(bytes: Uint8Array, options: { readonly sync: boolean }): Promise<void>;
  /** Returns once what is whole is on disk. */
  sync(): Promise<void>;
  /** Ends the last file, so that entry `next` begins another. */
  beginNext(next: number): Promise<void>;
  /** After anything else has rejected. */
  failed(): Promise<void>;
  end(): Promise<void>;
}

export function createSegmentWriter(
  store: JournalStore,
  { segments: known, whole: length, segmentBytes }: { segments: Segment[]; whole: number; segmentBytes: number },
): SegmentWriter {
  const segments = known;
  let whole = length;
  let synced = length;
  let file: AppendedFile | undefined;
  let isInDoubt = false;

  async function cutToWhole(): Promise<void> {
    const last = segments.at(-1);
    // Where no file was begun, there is nothing in doubt.
    if (last) {
      // It is made where it was never begun.
      await (await store.append(last.name)).close();
      await store.settle(last.name, { length: whole, synced });
      await store.syncNames();
    }
    synced = whole;
    isInDoubt = false;
  }

  async function openLast(last: Segment): Promise<AppendedFile> {
    const opened = await store.append(last.name);
    try {
      if (opened.length !== whole)
        throw new RangeError(`expected ${whole} bytes in ${last.name}, found ${opened.length}`);
      await store.syncNames();
      return opened;
    } catch (error) {
      await opened.close().catch(() => undefined);
      throw error;
    }
  }

  async function end(): Promise<void> {
    const ended = file;
    file = undefined;
    try {
      if (ended && synced < whole) await ended.sync();
      synced = whole;
    } finally {
      await ended?.close();
    }
  }

  function addSegment(first: number): void {
    segments.push(segmentAt(first));
    whole = 0;
    synced = 0;
  }

  return {
    segments,
    get whole() {
      return whole;
    },
    get synced() {
      return synced;
    },
    get isInDoubt() {
      return isInDoubt;
    },
    async prepare(next) {
      if (isInDoubt) await cutToWhole();
      const isFull = whole >= segmentBytes;
      if (isFull) await end();
      if (isFull || segments.length === 0) addSegment(next);
      file ??= await openLast(segments[segments.length - 1]);
    },
    async append(bytes, { sync }) {
      if (!file) throw new TypeError('append: expected a file that is open');
      await (sync ? file.appendSynced(bytes) : file.append(bytes));
      whole += bytes.length;
      if (sync) synced = whole;
    },
    async sync() {
      if (isInDoubt) await cutToWhole();
      if (synced === whole) return;
      await file?.sync();
      synced = whole;
    },
    async beginNext(next) {
      if (isInDoubt) await cutToWhole();
      const last = segments.at(-1);
      if (!last || last.first >= next) return;
      file ??= await openLast(last);
      await end();
      addSegment(next);
      file = await openLast(segments[segments.length - 1]);
    },
    async failed() {
      isInDoubt = true;
      const broken = file;
      file = undefined;
      await broken?.close().catch(() => undefined);
    },
    end,
  };
}
