/**
 * One connection to Redis, of two sockets: on one a reader waits for what comes, the other takes all else. It fails as a whole, once and for all; whoever uses it makes another
 * then.
 */
import { createClient, ErrorReply } from '@redis/client';
import type { RedisAddress } from './redis-address.ts';
import type { RedisScript } from './redis-script.ts';

export interface RedisConnection {
  /** Rejects with `RedisRefusal` for what Redis refuses, and with another error where the connection failed: then it is closed. */
  send<T>(command: readonly string[]): Promise<T>;
  run<T>(script: RedisScript, keys: readonly string[], given: readonly string[]): Promise<T>;
  /** A command that waits in Redis for at most so many milliseconds. */
  wait<T>(command: readonly string[], milliseconds: number): Promise<T>;
  readonly isClosed: boolean;
  close(): void;
}

/** Redis answers, but not as asked. */
export class RedisRefusal extends Error {
  override readonly name = 'RedisRefusal';
}

type Client = ReturnType<typeof createRedisClient>;

/** Milliseconds. */
const CONNECT = 3_000;
/** After so long a silence Redis counts as away. */
const SILENCE = 10_000;

export async function connectRedis(address: RedisAddress, silence: number = SILENCE): Promise<RedisConnection> {
  const clients = [createRedisClient(address), createRedisClient(address)] as const;
  const [commands, reader] = clients;
  let isClosed = false;
  function close(): void {
    if (isClosed) return;
    isClosed = true;
    for (const client of clients) if (client.isOpen) client.destroy();
  }
  // Whatever it says, whoever waits for an answer is told too.
  for (const client of clients) client.on('error', close);

  async function call<T>(client: Client, command: readonly string[], within: number): Promise<T> {
    if (isClosed) throw new Error('the connection is closed');
    let timer: NodeJS.Timeout | undefined;
    const silent = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`no answer within ${within} milliseconds`)), within);
    });
    try {
      return await Promise.race([client.sendCommand<T>(command), silent]);
    } catch (error) {
      if (error instanceof ErrorReply) throw new RedisRefusal(error.message, { cause: error });
      close();
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  const send = <T>(command: readonly string[]): Promise<T> => call<T>(commands, command, silence);
  try {
    await Promise.all(clients.map((client) => client.connect()));
  } catch (error) {
    close();
    throw error;
  }
  return {
    send,
    async run<T>(script: RedisScript, keys: readonly string[], given: readonly string[]) {
      const rest = [String(keys.length), ...keys, ...given];
      try {
        return await send<T>(['EVALSHA', script.sha, ...rest]);
      } catch (error) {
        if (!(error instanceof RedisRefusal && error.message.startsWith('NOSCRIPT'))) throw error;
        return await send<T>(['EVAL', script.text, ...rest]);
      }
    },
    wait: (command, milliseconds) => call(reader, command, silence + milliseconds),
    get isClosed() {
      return isClosed;
    },
    close,
  };
}

/** It never connects again by itself: then nobody would know what was lost meanwhile. */
function createRedisClient({ url }: RedisAddress) {
  return createClient({
    url,
    RESP: 2,
    disableOfflineQueue: true,
    socket: { connectTimeout: CONNECT, reconnectStrategy: false, noDelay: true },
  });
}
