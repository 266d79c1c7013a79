/**
 * The one order of events, on disk: what a server knows is a fold of it. Entries are written in groups: those that wait while a group is written are the next. Whoever
 * appended is told only once its entry is as safe as the durability says.
 */
import { Buffer } from 'node:buffer';
import { InputError } from '../../slate/input-error.ts';
import type { Committed, Journal } from './contract.ts';
import type { EntryContent, JournalEntry } from './entry.ts';
import { JournalUnavailable } from './journal-unavailable.ts';
import { readEntries } from './read-entries.ts';
import { encodeRecord, SEGMENT_HEAD } from './record.ts';
import { rewriteSegment } from './rewrite.ts';
import { createSegmentWriter } from './segment-writer.ts';
import { findEnd, type Segment, segmentsOf, UNFINISHED } from './segments.ts';
import type { JournalStore } from './store.ts';

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
  checkDurability(durability);
  for (const name of await store.list()) if (name.endsWith(UNFINISHED)) await store.remove(name);
  const segments = await segmentsOf(store);
  const end = await findEnd(store, segments, warn);
  const writer = createSegmentWriter(store, { segments, whole: end.whole, segmentBytes });
  let { sequence, arrivedAt } = end;
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
      if (waiting + contents.length > limit) throw new JournalUnavailable(`${waiting} events wait already`);
      waiting += contents.length;
      await new Promise<void>((resolve, reject) => {
        queue.push({ contents, committed, resolve, reject });
        writing ??= writeAll();
      });
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
    async startOf(milliseconds) {
      for (const { first } of segments.toReversed()) {
        if (first > sequence) continue;
        for await (const [{ arrivedAt: began }] of journal.entriesAfter(first - 1)) {
          if (began < arrivedAt - milliseconds) return first - 1;
          break;
        }
      }
      return segments.length > 0 ? segments[0].first - 1 : 0;
    },
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

/** Throws `InputError` for a durability that there is not. */
function checkDurability(durability: unknown): asserts durability is Durability | undefined {
  if (durability === undefined || durability === 'disk' || durability === 'process') return;
  throw new InputError(
    `durability: expected "disk" or "process", found ${JSON.stringify(durability)}; name one of them`,
    'invalid-option',
  );
}
