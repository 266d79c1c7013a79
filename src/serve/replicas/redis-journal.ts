/**
 * The one order of events of several replicas, as one stream of Redis. Whatever any of them writes comes to all of them in the order of the stream, to its writer too, who is
 * told only then. While Redis is away nothing can be written; what was written and not acknowledged comes, like all else, once it is back.
 */
import { InputError } from '../../slate/input-error.ts';
import type { Journal } from '../journal/contract.ts';
import type { JournalEntry } from '../journal/entry.ts';
import type { Durability } from '../journal/journal.ts';
import { JournalUnavailable } from '../journal/journal-unavailable.ts';
import { type AppendGroup, createAppendQueue } from './append-queue.ts';
import { APPEND, RELEASE } from './append-script.ts';
import { createBackOff } from './back-off.ts';
import { RedisRefusal } from './redis-connection.ts';
import { rewriteStream } from './rewrite-stream.ts';
import { openStream, type SharedStream } from './shared-stream.ts';
import { decodeEntry, readStream, refuseHole, type StreamEntry } from './stream-entries.ts';
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
  const { shown, keys } = stream;
  const queue = createAppendQueue();
  const backOff = createBackOff(options.replica);
  let { sequence, mark } = stream.begun;
  let end = sequence;
  let fault: string | undefined;
  let others: ((entry: JournalEntry) => void) | undefined;
  let running: Promise<void> | undefined;
  let sending: Promise<void> | undefined;
  let isSending = false;
  const releasing: string[] = [];
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
        fault = undefined;
        backOff.reset();
        flush();
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
    fault = told;
    stream.disconnect();
    queue.fail(new JournalUnavailable(told, { cause: error }));
  }

  function flush(): void {
    if (isSending) return;
    isSending = true;
    sending = send();
  }

  async function send(): Promise<void> {
    for (;;) {
      const group = queue.next();
      if (group) await sendGroup(group);
      else if (releasing.length > 0) await sendReleased(releasing.splice(0));
      else break;
    }
    // At once: whoever comes after it sends.
    isSending = false;
  }

  async function sendGroup(group: AppendGroup): Promise<void> {
    try {
      const results = await append(group);
      end = Math.max(end, ...results);
      fault = undefined;
      queue.placed(group, results, sequence);
    } catch (error) {
      refused(error);
    }
  }

  /** Where it fails, this process remembers them still. */
  const sendReleased = (released: readonly string[]): Promise<unknown> =>
    stream.run(RELEASE, [keys.seen, keys.seenBefore], released).catch(() => undefined);

  const append = (group: Pick<AppendGroup, 'mark' | 'given'>): Promise<readonly number[]> =>
    stream.run(
      APPEND,
      [keys.stream, keys.state, keys.seen, keys.seenBefore],
      [stream.begun.journal, String(sequence), group.mark, now === undefined ? '' : String(now()), ...group.given],
    );

  /** What was sent with it is not written; where Redis fell silent, nobody knows. */
  function refused(error: unknown): void {
    const told = error instanceof Error ? error.message : String(error);
    fault = told;
    queue.fail(new JournalUnavailable(told, { cause: error }));
    if (!(error instanceof RedisRefusal) || /^(OTHERJOURNAL|LOSTENTRIES)/.test(told)) stream.disconnect();
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
      return fault;
    },
    get behind() {
      return Math.max(0, end - sequence);
    },
    async append(contents, committed, recognition) {
      refuseClosed();
      if (!running) throw new TypeError('append: expected a journal that is followed');
      if (!stream.isConnected) throw new JournalUnavailable(fault ?? 'Redis is away');
      if (contents.length === 0) return;
      const told = queue.add(contents, committed, recognition);
      flush();
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
    release(key, of) {
      releasing.push(key, String(of));
      if (stream.isConnected) flush();
    },
    needsOnlyAfter: async (needed) =>
      trimStream(stream, { needed, replica: options.replica, young: await startOf(keptFor), warn }),
    entriesAfter,
    startOf,
    async mend() {
      if (fault === undefined || !stream.isConnected) return fault === undefined;
      try {
        await append({ mark: '', given: [] });
        fault = undefined;
        return true;
      } catch (error) {
        refused(error);
        return false;
      }
    },
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
      await sending;
      await running;
    },
  };

  async function* entriesAfter(after: number): AsyncGenerator<readonly JournalEntry[], void> {
    for (let known = after; known < sequence; ) {
      const found = await stream.using((connection) =>
        readStream(connection, keys.stream, { after: known, upTo: sequence, count: READ }),
      );
      if (found.length === 0)
        throw new InputError(
          `${shown}: expected entry ${known + 1}, found none; see docs/serving-journal.md`,
          'journal-damaged',
        );
      refuseHole(shown, known, found);
      known += found.length;
      yield found.map(decodeEntry);
    }
  }

  async function startOf(milliseconds: number): Promise<number> {
    if (sequence === 0) return 0;
    const last = await entryFrom(sequence);
    if (!last) return sequence;
    const wanted = last.arrivedAt - milliseconds;
    const oldest = await entryFrom(1);
    // Entries up to `low` arrived before; that after `high` did not.
    let low = (oldest?.sequence ?? 1) - 1;
    let high = sequence;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      const entry = await entryFrom(middle);
      if (entry && entry.arrivedAt < wanted) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  async function entryFrom(from: number): Promise<StreamEntry | undefined> {
    const [entry] = await stream.using((connection) =>
      readStream(connection, keys.stream, { after: from - 1, count: 1 }),
    );
    return entry;
  }
}
