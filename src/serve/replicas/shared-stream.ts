/** The stream of a journal, over connections that come and go: each is checked to lead to the same journal, with all that was read from it. */
import { randomUUID } from 'node:crypto';
import { InputError } from '../../slate/input-error.ts';
import type { Durability } from '../journal/durability.ts';
import { JournalUnavailable } from '../journal/journal-unavailable.ts';
import { createBackOff } from './back-off.ts';
import { type JournalKeys, keysOf } from './journal-keys.ts';
import { BEGIN, FORMAT } from './keeping-scripts.ts';
import { parseRedisAddress } from './redis-address.ts';
import { connectRedis, type RedisConnection } from './redis-connection.ts';
import type { RedisScript } from './redis-script.ts';
import { checkRedisSettings } from './redis-settings.ts';
import { readStream, type StreamEntry, type StreamReply, streamEntry } from './stream-entries.ts';

export interface SharedStream {
  /** For people: where it is. */
  readonly shown: string;
  readonly keys: JournalKeys;
  readonly begun: { readonly journal: string; readonly sequence: number; readonly mark: string | undefined };
  readonly isConnected: boolean;
  /** Returns the last sequence, and keeps the connection where there is one. Throws where the entry that was read last is not there as it was. */
  connect(known: { readonly sequence: number; readonly mark: string | undefined }): Promise<number>;
  disconnect(): void;
  run<T>(script: RedisScript, keys: readonly string[], given: readonly string[]): Promise<T>;
  /** Throws `JournalUnavailable` where Redis is away or refuses. */
  using<T>(act: (connection: RedisConnection) => Promise<T>): Promise<T>;
  lastSequence(): Promise<number>;
  /** Entries after a sequence; none after so many milliseconds. */
  readAfter(
    sequence: number,
    options: { readonly count: number; readonly block: number },
  ): Promise<readonly StreamEntry[]>;
}

export interface SharedStreamOptions {
  readonly address: string;
  readonly replica: string;
  readonly durability?: Durability | undefined;
  readonly silence?: number | undefined;
  readonly startWithin: number;
  readonly warn: (message: string) => void;
}

export async function openStream(options: SharedStreamOptions): Promise<SharedStream> {
  const { replica, durability = 'disk', silence, startWithin, warn } = options;
  const address = parseRedisAddress(options.address);
  const { shown } = address;
  const keys = keysOf(address.name);
  let connection: RedisConnection | undefined;

  async function connectChecked(): Promise<RedisConnection> {
    const made = await connectRedis(address, silence);
    try {
      if (!(await checkRedisSettings(made, { shown, durability })))
        warn(
          `${shown}: expected to read whether Redis keeps what it is told, found that it does not say; check that appendonly is yes`,
        );
      return made;
    } catch (error) {
      made.close();
      throw error;
    }
  }

  async function begin(): Promise<readonly [made: RedisConnection, found: readonly string[]]> {
    const made = await connectChecked();
    try {
      const names = [keys.state, keys.stream, keys.replicas, keys.rewritten, keys.lock];
      return [made, await made.run<readonly string[]>(BEGIN, names, [randomUUID(), replica, String(Date.now())])];
    } catch (error) {
      made.close();
      throw error;
    }
  }

  const [first, [journal, sequence, format]] = await tryFor(begin, { shown, replica, startWithin });
  connection = first;
  if (format !== FORMAT) {
    first.close();
    throw new InputError(
      `${shown}: expected a journal of format ${FORMAT}, found ${format}; serve it with the version that made it`,
      'other-format',
    );
  }
  const begun = { journal, sequence: Number(sequence), mark: await markOf(first, Number(sequence)) };

  async function markOf(from: RedisConnection, of: number): Promise<string | undefined> {
    if (of === 0) return undefined;
    const [entry] = await readStream(from, keys.stream, { after: of - 1, upTo: of, count: 1 });
    return entry?.mark;
  }

  async function last(from: RedisConnection): Promise<number> {
    const [found, sequenceNow] = await from.send<readonly (string | null)[]>([
      'HMGET',
      keys.state,
      'journal',
      'sequence',
    ]);
    if (found !== journal) throw new Error('expected the journal that was read before, found another, or none');
    return Number(sequenceNow);
  }

  const open = (): RedisConnection => {
    if (connection && !connection.isClosed) return connection;
    throw new JournalUnavailable('Redis is away');
  };

  return {
    shown,
    keys,
    begun,
    get isConnected() {
      return connection !== undefined && !connection.isClosed;
    },
    async connect(known) {
      if (!connection || connection.isClosed) connection = await connectChecked();
      const found = await last(connection);
      if (found < known.sequence || (await markOf(connection, known.sequence)) !== known.mark)
        throw new Error(
          `expected entry ${known.sequence} as it was read, found that Redis has lost it (it has ${found}); bring back its append-only file, or start all replicas again without snapshots`,
        );
      return found;
    },
    disconnect() {
      connection?.close();
    },
    run: async (script, names, given) => open().run(script, names, given),
    async using(act) {
      try {
        return await act(open());
      } catch (error) {
        if (error instanceof JournalUnavailable || error instanceof InputError) throw error;
        throw new JournalUnavailable((error as Error).message, { cause: error });
      }
    },
    lastSequence: async () => last(open()),
    async readAfter(after, { count, block }) {
      const reply = await open().wait<readonly (readonly [string, readonly StreamReply[]])[] | null>(
        ['XREAD', 'COUNT', String(count), 'BLOCK', String(block), 'STREAMS', keys.stream, `${after}-0`],
        block,
      );
      return reply?.[0]?.[1].map(streamEntry) ?? [];
    },
  };
}

/** Redis may begin at the same time as this process. */
async function tryFor<T>(
  act: () => Promise<T>,
  { shown, replica, startWithin }: { readonly shown: string; readonly replica: string; readonly startWithin: number },
): Promise<T> {
  const until = performance.now() + startWithin;
  const backOff = createBackOff(replica);
  for (;;) {
    try {
      return await act();
    } catch (error) {
      if (error instanceof InputError) throw error;
      if (performance.now() > until)
        throw new InputError(
          `${shown}: expected a Redis that answers, found none within ${startWithin / 1000} seconds (${(error as Error).message}); start it, or name another address`,
          'journal-unreachable',
          { cause: error },
        );
      await backOff.wait();
    }
  }
}
