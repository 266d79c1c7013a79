/**
 * The one order of events of several replicas, as one stream of Redis. Whatever any of them writes comes to all of them in the order of the stream, to its writer too, who is
 * told only then. While Redis is away nothing can be written; what was written and not acknowledged comes, like all else, once it is back.
 */
import type { Journal } from '../journal/contract.ts';
import type { Durability } from '../journal/durability.ts';
import type { JournalEntry } from '../journal/entry.ts';
import { JournalUnavailable } from '../journal/journal-unavailable.ts';
import { createAppendQueue } from './append-queue.ts';
import { createBackOff } from './back-off.ts';
import { rewriteStream } from './rewrite-stream.ts';
import { openStream, type SharedStream } from './shared-stream.ts';
import { decodeEntry, refuseHole, type StreamEntry } from './stream-entries.ts';
import { createStreamHistory } from './stream-history.ts';
import { createStreamWriter } from './stream-writer.ts';
import { trimStream } from './trim-stream.ts';

export interface RedisJournalOptions {
  /** `redis://host:port/0?journal=name`. */
  readonly address: string;
  /** By which the others know this process, also after a restart. */
  readonly replica: string;
  /** `disk`: Redis must have on disk what it acknowledges; `process`: with its system. */
  readonly durability?: Durability | undefined;
  /** Milliseconds for which entries stay, whatever snapshots there are. */
  readonly keptFor?: number | undefined;
  /** Epoch milliseconds; the clock of Redis, one for all, unless told otherwise. */
  readonly now?: (() => number) | undefined;
  /** Milliseconds after which Redis counts as away where it says nothing. */
  readonly silence?: number | undefined;
  /** Milliseconds for which the beginning waits for Redis. */
  readonly startWithin?: number | undefined;
  /** Milliseconds for which the replacing of entries waits for other replicas. */
  readonly waitFor?: number | undefined;
  readonly warn: (message: string) => void;
}

const KEPT_FOR = 7 * 24 * 60 * 60_000;
const START_WITHIN = 10_000;
const WAIT_FOR = 30_000;
/** Entries that are read at once. */
const READ = 512;
/** Milliseconds that a reader waits in Redis. */
const BLOCK = 2_000;
const APPLIED_AT_ONCE = 128;

/** Throws `InputError` where Redis is not there, would lose events, or holds another format. */
export async function openRedisJournal(options: RedisJournalOptions): Promise<Journal> {
  const { keptFor = KEPT_FOR, startWithin = START_WITHIN, now, warn } = options;
  const stream: SharedStream = await openStream({ ...options, startWithin });
  const { shown } = stream;
  const queue = createAppendQueue();
  let { sequence, mark } = stream.begun;
  let end = sequence;
  const backOff = createBackOff(options.replica);
  const history = createStreamHistory(stream, () => sequence);
  const writer = createStreamWriter({
    ...{ stream, queue, now, sequence: () => sequence },
    appended: (last) => {
      end = Math.max(end, last);
    },
  });
  let others: ((entry: JournalEntry) => void) | undefined;
  let running: Promise<void> | undefined;
  let isAway = false;
  let isClosed = false;
  const awaited = new Set<() => void>();

  function tell(found: StreamEntry): void {
    const entry = decodeEntry(found);
    sequence = found.sequence;
    mark = found.mark;
    if (!queue.tell(found.mark, entry)) others?.(entry);
    queue.reached(sequence);
  }

  async function readOn(): Promise<void> {
    while (!isClosed) {
      const entries = await stream.readAfter(sequence, { count: READ, block: BLOCK });
      refuseHole(shown, sequence, entries);
      for (const [at, entry] of entries.entries()) {
        tell(entry);
        // Answers are given between them.
        if (at % APPLIED_AT_ONCE === APPLIED_AT_ONCE - 1) await new Promise(setImmediate);
      }
      end = Math.max(end, sequence);
      for (const wake of awaited) wake();
    }
  }

  async function stayConnected(): Promise<void> {
    while (!isClosed) {
      try {
        const last = await stream.connect({ sequence, mark });
        end = Math.max(end, last);
        if (isAway) warn(`${shown}: Redis is back; events are taken again`);
        isAway = false;
        writer.fault = undefined;
        backOff.reset();
        writer.flush();
        await readOn();
      } catch (error) {
        if (isClosed) return;
        lost(error);
        await backOff.wait();
      }
    }
  }

  function lost(error: unknown): void {
    const told = error instanceof Error ? error.message : String(error);
    if (!isAway) warn(`${shown}: ${told}; events are refused until Redis is back, answers go on`);
    isAway = true;
    stream.disconnect();
    writer.fail(error);
  }

  const refuseClosed = (): void => {
    if (isClosed) throw new JournalUnavailable('it is closed');
  };

  return {
    isShared: true,
    get sequence() {
      return sequence;
    },
    get fault() {
      return writer.fault;
    },
    get behind() {
      return Math.max(0, end - sequence);
    },
    async append(contents, committed, recognition) {
      refuseClosed();
      if (!running) throw new TypeError('append: expected a journal that is followed');
      if (!stream.isConnected) throw new JournalUnavailable(writer.fault ?? 'Redis is away');
      if (contents.length === 0) return;
      const told = queue.add(contents, committed, recognition);
      writer.flush();
      await told;
    },
    async follow(tellOthers) {
      others = tellOthers;
      running = stayConnected();
      const last = await stream.lastSequence();
      while (sequence < last && !isClosed)
        await new Promise<void>((resolve) => {
          const wake = (): void => {
            awaited.delete(wake);
            resolve();
          };
          awaited.add(wake);
        });
    },
    release: writer.release,
    needsOnlyAfter: async (needed) =>
      trimStream(stream, { needed, replica: options.replica, young: await history.startOf(keptFor), warn }),
    ...history,
    mend: writer.tryAgain,
    sync: async () => undefined,
    async rewrite(change, upTo) {
      refuseClosed();
      await rewriteStream(stream, { upTo, change, waitFor: options.waitFor ?? WAIT_FOR, warn });
    },
    async close() {
      if (isClosed) return;
      if (stream.isConnected) await queue.drained();
      isClosed = true;
      queue.fail(new JournalUnavailable('it is closed'));
      backOff.stop();
      stream.disconnect();
      for (const wake of awaited) wake();
      await writer.idle();
      await running;
    },
  };
}
