/**
 * The one order of events, on disk: what a server knows is a fold of it. Entries are written in groups: those that wait while a group is written are the next. Whoever
 * appended is told only once its entry is as safe as the durability says.
 */
import { Buffer } from 'node:buffer';
import { InputError } from '../../slate/input-error.ts';
import type { EntryContent, JournalEntry } from './entry.ts';
import { JournalUnavailable } from './journal-unavailable.ts';
import { readEntries } from './read-entries.ts';
import { encodeRecord, SEGMENT_HEAD } from './record.ts';
import { rewriteSegment } from './rewrite.ts';
import { findEnd, type Segment, segmentAt, segmentsOf } from './segments.ts';
import type { AppendedFile, JournalStore } from './store.ts';

/** When an entry counts as written. `disk`: once it is on disk, whatever happens to the machine; `process`: once the system has it, whatever happens to the process. */
export type Durability = 'disk' | 'process';

export interface JournalOptions {
  readonly store: JournalStore;
  readonly durability?: Durability | undefined;
  /** Epoch milliseconds; entries arrive at it, or with the one before where it went back. */
  readonly now: () => number;
  /** Bytes after which a new file is begun. */
  readonly segmentBytes?: number | undefined;
  /** Entries that may wait; those beyond are refused. */
  readonly waiting?: number | undefined;
  /** Is told what was found and mended. */
  readonly warn: (message: string) => void;
}

/** What becomes of an entry once it is written: called in the order of the journal, before anything later is written. */
export type Committed = (entry: JournalEntry) => void;

export interface Journal {
  /** Of the last entry that is written; 0 before the first. */
  readonly sequence: number;
  /** Why nothing can be written; undefined where it can. */
  readonly fault: string | undefined;
  /**
   * Writes entries, in this order and together. Each is told to `committed` before the promise resolves. Rejects with `JournalUnavailable` where they cannot be written; then
   * none was told.
   */
  append(contents: readonly EntryContent[], committed: Committed): Promise<void>;
  /** The entries after a sequence, in pieces, up to the last that is written when it is reached. Throws `InputError` (`journal-damaged`) where one of them is not there. */
  entriesAfter(sequence: number): AsyncGenerator<readonly JournalEntry[], void>;
  /** Tries to write again after a fault; whoever appends tries it too. */
  mend(): Promise<boolean>;
  /** Replaces entries that are written already, file by file; each keeps its sequence and its arrival. */
  rewrite(change: (entry: JournalEntry) => EntryContent): Promise<void>;
  /** Writes what waits. Later calls are refused. */
  close(): Promise<void>;
}

interface Waiting {
  readonly contents: readonly EntryContent[];
  readonly committed: Committed;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

const SEGMENT_BYTES = 64 * 2 ** 20;
const WAITING = 100_000;
/** Entries of a group, unless one call has more. */
const GROUP = 512;
const APPLIED_AT_ONCE = 128;

/** Goes on from what the store holds. Throws `InputError` (`journal-damaged`) where that is not whole. */
export async function openJournal({
  store,
  durability = 'disk',
  now,
  segmentBytes = SEGMENT_BYTES,
  waiting: limit = WAITING,
  warn,
}: JournalOptions): Promise<Journal> {
  const segments = await segmentsOf(store);
  let { sequence, arrivedAt, whole } = await findEnd(store, segments, warn);
  let synced = whole;
  let file: AppendedFile | undefined;
  /** After a failure nobody knows what the last file holds beyond `whole`. */
  let isInDoubt = false;
  let fault: string | undefined;
  let queue: Waiting[] = [];
  let waiting = 0;
  let writing: Promise<void> | undefined;
  let before: Promise<unknown> = Promise.resolve();
  let rewrites = 0;
  let isClosed = false;

  /** One after the other: writing, cutting, and putting other files in the place of old ones. */
  function alone<T>(act: () => Promise<T>): Promise<T> {
    const running = before.then(act);
    before = running.catch(() => undefined);
    return running;
  }

  async function writeAll(): Promise<void> {
    while (queue.length > 0) {
      const group = nextGroup();
      await alone(() => writeGroup(group));
    }
    writing = undefined;
  }

  function nextGroup(): readonly Waiting[] {
    let count = 0;
    let at = 0;
    while (at < queue.length && (at === 0 || count + queue[at].contents.length <= GROUP))
      count += queue[at++].contents.length;
    const group = queue.slice(0, at);
    queue = queue.slice(at);
    waiting -= count;
    return group;
  }

  async function writeGroup(group: readonly Waiting[]): Promise<void> {
    const entries: JournalEntry[] = [];
    try {
      const open = await openLast();
      const arrival = Math.max(arrivedAt, now());
      for (const content of group.flatMap(({ contents }) => contents))
        entries.push({ sequence: sequence + entries.length + 1, arrivedAt: arrival, ...content });
      const records = entries.map((entry) => encodeRecord(entry, synced));
      const bytes = Buffer.concat(whole === 0 ? [SEGMENT_HEAD, ...records] : records);
      await open.append(bytes);
      if (durability === 'disk') await open.sync();
      whole += bytes.length;
      if (durability === 'disk') synced = whole;
      arrivedAt = arrival;
      fault = undefined;
    } catch (error) {
      await failed(error);
      const told = new JournalUnavailable(fault ?? '', { cause: error });
      for (const { reject } of group) reject(told);
      return;
    }
    let next = 0;
    for (const { contents, committed, resolve } of group) {
      for (const _ of contents) {
        sequence = entries[next].sequence;
        committed(entries[next++]);
        // Answers are given between them.
        if (next % APPLIED_AT_ONCE === 0) await new Promise(setImmediate);
      }
      resolve();
    }
  }

  /** What was written of the group may be on disk, or not, and a later sync would not tell: the file is opened anew, and cut to what is known. */
  async function failed(error: unknown): Promise<void> {
    fault = error instanceof Error ? error.message : String(error);
    isInDoubt = true;
    const broken = file;
    file = undefined;
    await broken?.close().catch(() => undefined);
  }

  /** The file that the next entry goes to. */
  async function openLast(): Promise<AppendedFile> {
    if (isInDoubt) await cutToWhole();
    if (file && whole >= segmentBytes) await endSegment();
    file ??= await beginSegment();
    return file;
  }

  async function cutToWhole(): Promise<void> {
    const last = segments.at(-1);
    // Where no file was begun, there is nothing in doubt.
    if (last) {
      // It is made where it was never begun.
      await (await store.append(last.name)).close();
      await store.truncate(last.name, whole);
      await store.syncNames();
    }
    synced = whole;
    isInDoubt = false;
  }

  async function endSegment(): Promise<void> {
    const ended = file;
    if (ended && synced < whole) await ended.sync();
    file = undefined;
    await ended?.close();
  }

  async function beginSegment(): Promise<AppendedFile> {
    const wanted = segmentAt(sequence + 1);
    const last = segments.at(-1);
    // A file that holds no entry yet, or is not full, is gone on with.
    const goesOn = last !== undefined && (last.name === wanted.name || whole < segmentBytes);
    if (!goesOn) {
      segments.push(wanted);
      whole = 0;
      synced = 0;
    }
    const opened = await store.append(goesOn ? last.name : wanted.name);
    try {
      if (opened.length !== whole) throw new Error(`expected ${whole} bytes in ${store.name}, found ${opened.length}`);
      await store.syncNames();
    } catch (error) {
      await opened.close().catch(() => undefined);
      throw error;
    }
    return opened;
  }

  async function beginNext(): Promise<void> {
    try {
      if (isInDoubt) await cutToWhole();
      if (segments.length === 0 || segments[segments.length - 1].first > sequence) return;
      file ??= await beginSegment();
      await endSegment();
      segments.push(segmentAt(sequence + 1));
      whole = 0;
      synced = 0;
      file = await beginSegment();
    } catch (error) {
      await failed(error);
      throw new JournalUnavailable(fault ?? '', { cause: error });
    }
  }

  const refuseClosed = (): void => {
    if (isClosed) throw new JournalUnavailable('it is closed');
  };

  return {
    get sequence() {
      return sequence;
    },
    get fault() {
      return fault;
    },
    async append(contents, committed) {
      refuseClosed();
      if (contents.length === 0) return;
      if (waiting + contents.length > limit) throw new JournalUnavailable(`${waiting} events wait already`);
      waiting += contents.length;
      await new Promise<void>((resolve, reject) => {
        queue.push({ contents, committed, resolve, reject });
        writing ??= writeAll();
      });
    },
    entriesAfter: (after) =>
      readEntries(store, after, {
        sequence: () => sequence,
        segments,
        wholeOf: (segment: Segment) => (segment === segments.at(-1) ? whole : undefined),
        rewrites: () => rewrites,
      }),
    mend: () =>
      alone(async () => {
        if (!isInDoubt || isClosed) return !isInDoubt;
        try {
          await cutToWhole();
          file = await beginSegment();
          fault = undefined;
          return true;
        } catch (error) {
          await failed(error);
          return false;
        }
      }),
    async rewrite(change) {
      refuseClosed();
      // Entries that come meanwhile go to a file that stays as it is.
      await alone(beginNext);
      const last = segments.length - 1;
      for (let at = 0; at < last; at++) {
        await alone(async () => {
          if (await rewriteSegment(store, segments[at], change)) rewrites++;
        });
      }
    },
    async close() {
      if (isClosed) return;
      await writing;
      isClosed = true;
      await alone(endSegment);
    },
  };
}

/** Throws `InputError` for a durability that there is not. */
export function checkDurability(durability: unknown): asserts durability is Durability | undefined {
  if (durability === undefined || durability === 'disk' || durability === 'process') return;
  throw new InputError(
    `durability: expected "disk" or "process", found ${JSON.stringify(durability)}; name one of them`,
    'invalid-option',
  );
}
