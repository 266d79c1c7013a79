/** Three servers, each in a process of its own, over one Redis: one is killed and starts again, then Redis is. What was acknowledged is there once, and all answer the same. */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createClient, type ServerClient } from '../src/client.ts';
import { createRng } from '../src/random/rng.ts';
import { hasRedis, type RedisServer, startRedis } from './redis-server.ts';
import { type ServeProcess, serve } from './serve-process.ts';
import { modelsFolder } from './served-models.ts';

const NAMES = ['r1', 'r2', 'r3'];
const ITEMS = ['small', 'medium', 'large'];
const PATIENT = { timeout: 60_000 };

interface Replica {
  readonly name: string;
  server: ServeProcess;
  client: ServerClient;
}

describe.skipIf(!hasRedis())('replicas in processes', () => {
  it('answer the same, bit for bit, after one of them was killed and Redis was', async () => {
    await using redis = await startRedis();
    const models = await modelsFolder('a', 'b');
    const snapshots = await mkdtemp(join(tmpdir(), 'replica-kills-'));
    const start = async (name: string): Promise<Replica> => {
      const options = ['--journal', `${redis.url}?journal=kills`, '--snapshots', join(snapshots, name)];
      const server = await serve(models, ...options, '--log-level', 'warn');
      return { name, server, client: createClient({ url: server.url, timeoutMs: 60_000, retries: 0 }) };
    };
    const replicas = await Promise.all(NAMES.map(start));
    const acknowledged = new Set<string>();
    let isOver = false;
    // An event that was not acknowledged is sent again, to any of them.
    const tell = async (teller: string): Promise<void> => {
      const rng = createRng(teller);
      for (let k = 0; !isOver; k++) {
        const id = `${teller}-${k}`;
        const list = { event: 'ranking', id, user: `u${rng.integer(5)}`, items: rng.shuffle([...ITEMS]) } as const;
        const click = {
          event: 'interaction',
          id: `${id} click`,
          ranking: id,
          item: ITEMS[k % 3],
          type: 'click',
        } as const;
        const isTold = async (): Promise<boolean> => {
          const { client } = replicas[rng.integer(replicas.length)];
          const told = await client.events([list, click]).catch(() => undefined);
          return told?.taken === 2;
        };
        while (!isOver && !(await isTold())) await delay(20);
        if (!isOver) for (const each of [id, click.id]) acknowledged.add(each);
      }
    };
    const telling = ['t1', 't2', 't3'].map(tell);
    const more = async (events: number): Promise<void> => {
      const before = acknowledged.size;
      await expect.poll(() => acknowledged.size, PATIENT).toBeGreaterThan(before + events);
    };

    await more(40);
    const killed = replicas[1];
    await killed.server.end('SIGKILL');
    await more(40);
    replicas[1] = await start(killed.name);
    await more(40);
    await redis.kill();
    await delay(300);
    expect(await replicas[0].client.score({ requests: asked })).toMatchObject({ model: 'a' });
    await redis.start();
    await more(40);
    await replicas[2].client.activate('b');
    for (const { client } of replicas) await expect.poll(async () => (await client.models()).active, PATIENT).toBe('b');
    isOver = true;
    await Promise.all(telling);

    const entries = await entriesOf(redis);
    const ids = entries.flatMap(([kind, id]) => (kind === 'event' ? [id] : []));
    expect(ids.filter((id, at) => ids.indexOf(id) < at)).toEqual([]);
    expect([...acknowledged].filter((id) => !ids.includes(id))).toEqual([]);
    const answers = await Promise.all(
      replicas.map(({ client }) => client.score({ requests: asked }, { after: entries.length })),
    );
    for (const answer of answers) expect(answer).toEqual({ ...answers[0], model: 'b', sequence: entries.length });
  }, 300_000);
});

const asked = ['u0', 'u1', 'u2', 'stranger'].map((user) => ({
  ...{ id: user, user, time: Date.UTC(2100, 0, 1), items: ITEMS },
}));

interface Told {
  readonly event: string;
  readonly id?: string;
}

/** What all entries are, in their order, and the ids of their events: a list's own, or that of a click. */
async function entriesOf(redis: RedisServer): Promise<readonly (readonly [kind: string, id: string])[]> {
  const found = (await redis.send('XRANGE', 'slatewise:{kills}:events', '-', '+')) as [string, string[]][];
  return found.map(([, fields]) => {
    const [kind, id, event] = JSON.parse(fields[1]) as [string, string | null, Told | undefined];
    return [kind, (event?.event === 'ranking' ? event.id : id) ?? ''] as const;
  });
}
