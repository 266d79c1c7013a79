/** A Redis of a test's own, on a port of its own, with its append-only file in a folder of its own: it may be killed, and come back with what is in the file. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@redis/client';

export interface RedisServer extends AsyncDisposable {
  readonly url: string;
  readonly folder: string;
  /** As `kill -9` does. */
  kill(): Promise<void>;
  /** It hangs, and answers nothing. */
  pause(): void;
  goOn(): void;
  /** Returns once it answers. */
  start(options?: readonly string[]): Promise<void>;
  send(...command: readonly string[]): Promise<unknown>;
}

/** Whether tests with Redis run. `SLATEWISE_REDIS=must`: a missing one is an error, so that nobody takes a test for passed that did not run. */
export function hasRedis(): boolean {
  const isThere = spawnSync('redis-server', ['--version']).status === 0;
  if (!isThere && process.env.SLATEWISE_REDIS === 'must')
    throw new Error('tests: expected redis-server, found none; node scripts/redis.mjs install');
  if (!isThere) process.stderr.write('skipped: tests of replicas, as there is no redis-server (scripts/redis.mjs)\n');
  return isThere;
}

const DURABLE = ['--appendonly', 'yes', '--appendfsync', 'always'];

export async function startRedis(options: readonly string[] = DURABLE): Promise<RedisServer> {
  const folder = await mkdtemp(join(tmpdir(), 'redis-'));
  const port = await freePort();
  let child: ChildProcess | undefined;
  const server: RedisServer = {
    url: `redis://127.0.0.1:${port}`,
    folder,
    async kill() {
      const ended = child;
      child = undefined;
      if (!ended) return;
      const exit = once(ended, 'exit');
      ended.kill('SIGKILL');
      await exit;
    },
    pause: () => void child?.kill('SIGSTOP'),
    goOn: () => void child?.kill('SIGCONT'),
    async start(given = options) {
      child = spawn(
        'redis-server',
        [...['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', ''], ...given],
        { stdio: 'ignore' },
      );
      for (let tries = 0; tries < 200; tries++) {
        if ((await server.send('PING').catch(() => undefined)) === 'PONG') return;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      throw new Error('redis-server: expected an answer within 10 seconds, found none');
    },
    async send(...command) {
      const client = createClient({ url: server.url, RESP: 2, socket: { reconnectStrategy: false } });
      client.on('error', () => undefined);
      await client.connect();
      try {
        return await client.sendCommand(command);
      } finally {
        client.destroy();
      }
    },
    [Symbol.asyncDispose]: () => server.kill(),
  };
  await server.start();
  return server;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}
