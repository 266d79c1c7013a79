/**
 * Entries of a stream cannot be changed, and what is deleted of one stays in memory and on disk. So all of it is copied, with other entries in the place of some, and the copy
 * put in its place at once: sequences and order stay, and readers read on. Others write meanwhile. A lock keeps two from doing it at once.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { JournalUnavailable } from '../journal/journal-unavailable.ts';
import type { ChangeEntry } from '../journal/rewrite.ts';
import { COPY, REPLACE, UNLOCK } from './keeping-scripts.ts';
import type { RedisConnection } from './redis-connection.ts';
import type { SharedStream } from './shared-stream.ts';
import { decodeEntry, encodeContent, readStream, type StreamEntry } from './stream-entries.ts';

/** Milliseconds that a lock is good for after each step. */
const LOCK = 30_000;
const STEP = 512;
const AGAIN = 200;
/** The append-only file is written anew for so long, at most. */
const FILE_WITHIN = 120_000;

export interface Rewriting {
  /** Entries up to this sequence are changed. */
  readonly upTo: number;
  /** Milliseconds for replicas that need entries as they were. */
  readonly waitFor: number;
  readonly change: ChangeEntry;
  readonly warn: (message: string) => void;
}

export const rewriteStream = (stream: SharedStream, rewriting: Rewriting): Promise<void> =>
  stream.using(async (connection) => {
    const owner = randomUUID();
    const { lock, rewritten, stream: events } = stream.keys;
    while ((await connection.send<string | null>(['SET', lock, owner, 'NX', 'PX', String(LOCK)])) === null)
      await delay(AGAIN);
    try {
      if (!(await changesAny(connection, events, rewriting))) return;
      await waitForReplicas(connection, stream, { ...rewriting, owner });
      await connection.send(['UNLINK', rewritten]);
      let copied = 0;
      const copy = async (entries: readonly StreamEntry[]): Promise<void> => {
        const given = entries.flatMap((entry) => {
          const { sequence, arrivedAt, mark } = entry;
          return [String(sequence), changed(entry, rewriting), String(arrivedAt), mark];
        });
        await connection.run(COPY, [lock, rewritten], [owner, String(LOCK), ...given]);
        copied = entries[entries.length - 1].sequence;
      };
      do for await (const entries of piecesAfter(connection, events, copied)) await copy(entries);
      while ((await connection.run(REPLACE, [lock, rewritten, events], [owner, String(copied), String(STEP)])) === 0);
    } finally {
      await connection.run(UNLOCK, [lock], [owner]).catch(() => undefined);
    }
    await writeFileAnew(connection, stream.shown, rewriting.warn);
  });

/** Whoever reads entries as they are now must not find others in their places, or it would know something else than the others. */
async function waitForReplicas(
  connection: RedisConnection,
  { keys, shown }: SharedStream,
  { upTo, waitFor, owner }: Rewriting & { readonly owner: string },
): Promise<void> {
  const until = performance.now() + waitFor;
  for (;;) {
    const told = await connection.send<readonly string[]>(['HGETALL', keys.replicas]);
    const late = told.filter((_, at) => at % 2 === 0 && Number.parseInt(told[at + 1], 10) < upTo);
    if (late.length === 0) return;
    if (performance.now() > until)
      throw new JournalUnavailable(
        `${shown}: replica ${late.join(', ')} has no snapshot of entry ${upTo} yet; start it, or forget it: redis-cli HDEL ${keys.replicas} ${late.join(' ')}`,
      );
    await connection.run(COPY, [keys.lock, keys.rewritten], [owner, String(LOCK)]);
    await delay(AGAIN);
  }
}

async function changesAny(connection: RedisConnection, events: string, { upTo, change }: Rewriting): Promise<boolean> {
  for await (const entries of piecesAfter(connection, events, 0)) {
    for (const found of entries) {
      if (found.sequence > upTo) return false;
      const entry = decodeEntry(found);
      if (change(entry) !== entry) return true;
    }
  }
  return false;
}

/** The content of an entry as it will be. */
function changed(found: StreamEntry, { upTo, change }: Rewriting): string {
  if (found.sequence > upTo) return found.content;
  const entry = decodeEntry(found);
  const other = change(entry);
  return other === entry ? found.content : encodeContent(other);
}

async function* piecesAfter(
  connection: RedisConnection,
  events: string,
  after: number,
): AsyncGenerator<readonly StreamEntry[], void> {
  for (let known = after; ; ) {
    const found = await readStream(connection, events, { after: known, count: STEP });
    if (found.length === 0) return;
    known = found[found.length - 1].sequence;
    yield found;
  }
}

/** What was replaced is in the append-only file until it is written anew. Throws `JournalUnavailable` where that was not so in time. */
async function writeFileAnew(
  connection: RedisConnection,
  shown: string,
  warn: (message: string) => void,
): Promise<void> {
  const state = async (): Promise<ReadonlyMap<string, string>> => {
    const text = await connection.send<string>(['INFO', 'persistence']);
    return new Map(text.split('\r\n').map((line) => [line.split(':')[0], line.slice(line.indexOf(':') + 1)]));
  };
  const isWriting = async (): Promise<boolean> => {
    const found = await state();
    return found.get('aof_rewrite_in_progress') !== '0' || found.get('aof_rewrite_scheduled') !== '0';
  };
  const until = performance.now() + FILE_WITHIN;
  const wait = async (): Promise<void> => {
    while (await isWriting()) {
      if (performance.now() > until) throw new JournalUnavailable('its file was not written anew in time');
      await delay(AGAIN);
    }
  };
  try {
    // One that is under way has read what is replaced now.
    await wait();
    await connection.send(['BGREWRITEAOF']);
    await wait();
    const found = (await state()).get('aof_last_bgrewrite_status');
    if (found !== undefined && found !== 'ok')
      throw new JournalUnavailable(`writing its file anew ended with ${found}`);
  } catch (error) {
    warn(
      `${shown}: expected Redis to write its append-only file anew, so that what was replaced is not in it, found: ${(error as Error).message}; run redis-cli BGREWRITEAOF`,
    );
  }
}
