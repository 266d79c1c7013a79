/**
 * The one order of events, on disk: what a server knows is a fold of it. Entries are written in groups: those that wait while a group is written are the next. Whoever
 * appended is told only once its entry is as safe as the durability says.
 */
import { Buffer } from 'node:buffer';
import type { Journal } from './contract.ts';
import { checkDurability, type Durability } from './durability.ts';
import type { JournalEntry } from './entry.ts';
import { JournalUnavailable } from './journal-unavailable.ts';
import { readEntries } from './read-entries.ts';
import { encodeRecord, SEGMENT_HEAD } from './record.ts';
import { rewriteSegment } from './rewrite.ts';
import { createSegmentWriter } from './segment-writer.ts';
import { findEnd, type Segment, segmentsOf, UNFINISHED } from './segments.ts';
import { startInFiles } from './start-in-files.ts';
import type { JournalStore } from './store.ts';
import { createWaitingCalls, type WaitingCall } from './waiting-calls.ts';

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

const SEGMENT_BYTES = 64 * 2 ** 20;
const APPLIED_AT_ONCE = 128;

/** Goes on from what the store holds. Throws `InputError` (`journal-damaged`) where that is not whole. */
export async function openJournal({
  store,
  durability = 'disk',
  now,
  segmentBytes = SEGMENT_BYTES,
  waiting,
  warn,
}: JournalOptions): Promise<Journal> {
  checkDurability(durability);
  for (const name of await store.list()) if (name.endsWith(UNFINISHED)) await store.remove(name);
  const segments = await segmentsOf(store);
  const end = await findEnd(store, segments, warn);
  const writer = createSegmentWriter(store, { segments, whole: end.whole, segmentBytes });
  let { sequence, arrivedAt } = end;
  let fault: string | undefined;
  const calls = createWaitingCalls(waiting);
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
    // What comes in the same turn of the loop is written with it: a write costs more than an entry.
    await new Promise(setImmediate);
    while (!calls.isEmpty) {
      const group = calls.nextGroup();
      await alone(() => writeGroup(group));
    }
    writing = undefined;
  }

  async function writeGroup(group: readonly WaitingCall[]): Promise<void> {
    const entries: JournalEntry[] = [];
    try {
      await writer.prepare(sequence + 1);
      const arrival = Math.max(arrivedAt, now());
      for (const content of group.flatMap(({ contents }) => contents))
        entries.push({ sequence: sequence + entries.length + 1, arrivedAt: arrival, ...content });
      const records = entries.map((entry) => encodeRecord(entry, writer.synced));
      const bytes = Buffer.concat(writer.whole === 0 ? [SEGMENT_HEAD, ...records] : records);
      await writer.append(bytes, { sync: durability === 'disk' });
      arrivedAt = arrival;
      fault = undefined;
    } catch (error) {
      const told = await failed(error);
      for (const { reject } of group) reject(told);
      return;
    }
    let next = 0;
    for (const { contents, committed, resolve } of group) {
      for (const at of contents.keys()) {
        sequence = entries[next].sequence;
        committed(entries[next++], at);
        // Answers are given between them.
        if (next % APPLIED_AT_ONCE === 0) await new Promise(setImmediate);
      }
      resolve();
    }
  }

  async function failed(error: unknown): Promise<JournalUnavailable> {
    const told = error instanceof Error ? error.message : String(error);
    fault = told;
    await writer.failed();
    return new JournalUnavailable(told, { cause: error });
  }

  const refuseClosed = (): void => {
    if (isClosed) throw new JournalUnavailable('it is closed');
  };

  const journal: Journal = {
    get sequence() {
      return sequence;
    },
    get fault() {
      return fault;
    },
    isShared: false,
    behind: 0,
    async append(contents, committed) {
      refuseClosed();
      if (contents.length === 0) return;
      const written = calls.add(contents, committed);
      writing ??= writeAll();
      await written;
    },
    // Nobody else writes, nothing is ever removed, and whoever appends knows what was there.
    follow: async () => undefined,
    release: () => undefined,
    needsOnlyAfter: async () => undefined,
    entriesAfter: (after) =>
      readEntries(store, after, {
        sequence: () => sequence,
        segments,
        wholeOf: (segment: Segment) => (segment === segments.at(-1) ? writer.whole : undefined),
        rewrites: () => rewrites,
      }),
    startOf: (milliseconds) =>
      startInFiles({ segments, sequence, arrivedAt, entriesAfter: journal.entriesAfter }, milliseconds),
    mend: () =>
      alone(async () => {
        if (isClosed || !writer.isInDoubt) return !writer.isInDoubt;
        try {
          await writer.prepare(sequence + 1);
          fault = undefined;
          return true;
        } catch (error) {
          await failed(error);
          return false;
        }
      }),
    sync: () =>
      alone(() =>
        writer.sync().catch(async (error: unknown) => {
          throw await failed(error);
        }),
      ),
    async rewrite(change) {
      refuseClosed();
      // Entries that come meanwhile go to a file that stays as it is.
      await alone(() =>
        writer.beginNext(sequence + 1).catch(async (error: unknown) => {
          throw await failed(error);
        }),
      );
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
      await alone(writer.end);
    },
  };
  return journal;
}
