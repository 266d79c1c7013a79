/** Three replicas over one Redis: whatever is killed and comes back, nothing that was acknowledged is lost or counts twice, and all of them know the same. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Host, Outcome } from '../src/serve/host.ts';
import { asked, click, expectSame, fleet, list, START } from './fleet.ts';
import { hasRedis, startRedis } from './redis-server.ts';

const redis = hasRedis() ? await startRedis() : undefined;
afterAll(() => redis?.kill());

describe.skipIf(!redis)('replicas', () => {
  const server = redis as NonNullable<typeof redis>;

  it('know what any of them was told, in one order, and answer the same, bit for bit', async () => {
    const { replica } = await fleet(server.url);
    await using a = await replica('a');
    await using b = await replica('b');
    await using c = await replica('c');
    const hosts = [a, b, c];
    const before = await a.model().score(asked);
    await Promise.all(
      Array.from({ length: 60 }, async (_, k) => {
        const host = hosts[k % 3];
        const other = hosts[(k + 1) % 3];
        const { sequence } = await host.observe([list(`l${k}`, `u${k % 5}`)]);
        expect(await other.reached(sequence, 20_000)).toBe(true);
        const { outcomes } = await other.observe([click(`l${k}`, k % 2 === 0 ? 'small' : 'large')]);
        expect(outcomes).toMatchObject([{ taken: true }]);
      }),
    );
    expect(await a.reached(120, 20_000)).toBe(true);
    expect(a.sequence).toBe(120);
    await expectSame(hosts);
    expect(await a.model().score(asked)).not.toEqual(before);
  });

  it('take an event once, whoever is told, and one that no memory took again', async () => {
    const { replica } = await fleet(server.url);
    await using a = await replica('a');
    await using b = await replica('b');
    const early = click('l1', 'medium', 'e1');
    expect((await a.observe([early])).outcomes).toMatchObject([{ taken: false, code: 'unknown-list' }]);
    expect((await b.observe([early])).outcomes).toMatchObject([{ taken: false, code: 'unknown-list' }]);
    const told = await Promise.all([a, b].map((host) => host.observe([list('l1', 'u1')])));
    const outcomes = told.flatMap((each) => each.outcomes) as Extract<Outcome, { taken: true }>[];
    expect(outcomes.map(({ applied }) => applied).sort()).toEqual(['again', 'taken']);
    expect(new Set(outcomes.map(({ sequence }) => sequence)).size).toBe(1);
    expect((await b.observe([early])).outcomes).toMatchObject([{ taken: true, applied: 'taken' }]);
    expect((await a.observe([early])).outcomes).toMatchObject([{ taken: true, applied: 'again' }]);
    expect(a.sequence).toBe(4);
    await expectSame([a, b]);
  });

  it('catch up before they are ready, from their snapshot or from nothing', async () => {
    const { replica } = await fleet(server.url);
    await using a = await replica('a');
    const b = await replica('b');
    await b.observe([list('l1', 'u1'), click('l1', 'small')]);
    await b.close();
    for (let k = 0; k < 700; k++) void a.observe([list(`m${k}`, `u${k % 3}`)]);
    await a.observe([list('last', 'u1'), click('last', 'large')]);
    await using again = await replica('b');
    await using c = await replica('c');
    expect([again.sequence, c.sequence]).toEqual([704, 704]);
    await expectSame([a, again, c]);
  });

  it('answer while Redis is away, refuse events, and know again what was told in the outage', async () => {
    await using own = await startRedis();
    const { replica, warnings, journal } = await fleet(own.url);
    await using a = await replica('a');
    await using b = await replica('b');
    const acknowledged = new Set<string>();
    let isOver = false;
    let refused = 0;
    const tell = async (host: Host, name: string): Promise<void> => {
      for (let k = 0; !isOver; ) {
        const id = `${name}${k}`;
        try {
          const { outcomes } = await host.observe([list(id, `u${k % 3}`)]);
          expect(outcomes).toMatchObject([{ taken: true }]);
          acknowledged.add(id);
          k++;
        } catch (error) {
          expect(error).toMatchObject({ name: 'JournalUnavailable' });
          refused++;
          await new Promise((resolve) => setTimeout(resolve, 20));
        }
      }
    };
    const telling = [tell(a, 'a'), tell(a, 'x'), tell(b, 'b')];
    const until = async (holds: () => boolean): Promise<void> => {
      while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
    };
    await until(() => acknowledged.size > 50);
    for (let round = 0; round < 2; round++) {
      const before = refused;
      await own.kill();
      await until(() => refused > before + 3);
      expect(a.health.journal).toMatchObject({ fault: expect.any(String) });
      expect(await a.model().score(asked)).toHaveLength(asked.length);
      await own.start();
      const size = acknowledged.size;
      await until(() => acknowledged.size > size + 50);
      expect(a.health.journal).toBe('open');
    }
    isOver = true;
    await Promise.all(telling);
    await expectSame([a, b]);
    // Each is there once, those that were sent again too.
    const ids = (await own.send('XRANGE', `slatewise:{${journal}}:events`, '-', '+')) as [string, string[]][];
    const written = ids.map(([, fields]) => (JSON.parse(fields[1]) as [string, string])[1]);
    expect(new Set(written).size).toBe(written.length);
    for (const id of acknowledged) expect(written).toContain(id);
    expect(warnings.filter((warning) => warning.includes('answers go on')).length).toBeGreaterThanOrEqual(2);
    await using c = await replica('c');
    await expectSame([a, b, c]);
  });

  it('refuse a Redis that has lost what they know', async () => {
    await using own = await startRedis();
    const { replica } = await fleet(own.url);
    await using a = await replica('a');
    await a.observe([list('l1', 'u1'), list('l2', 'u1')]);
    await own.send('FLUSHALL');
    await expect(a.observe([list('l3', 'u1')])).rejects.toMatchObject({ name: 'JournalUnavailable' });
    expect(a.health.journal).toMatchObject({ fault: expect.any(String) });
    await expect(a.observe([list('l3', 'u1')])).rejects.toMatchObject({ name: 'JournalUnavailable' });
    expect(await a.model().score(asked)).toHaveLength(asked.length);
    expect(await own.send('DBSIZE')).toBe(0);
  });

  it('refuse a Redis that forgets', async () => {
    await using own = await startRedis(['--appendonly', 'no']);
    const { replica } = await fleet(own.url);
    await expect(replica('a')).rejects.toMatchObject({ code: 'invalid-option', message: /set appendonly to yes/ });
    await own.kill();
    await own.start(['--appendonly', 'yes']);
    await expect(replica('a')).rejects.toMatchObject({ code: 'invalid-option', message: /set appendfsync to always/ });
    await using a = await replica('a', { durability: 'process' });
    expect((await a.observe([list('l1', 'u1')])).sequence).toBe(1);
  });

  it('remove from the stream only what all have in snapshots, and say so to who comes late', async () => {
    const { replica, journal } = await fleet(server.url);
    const stream = `slatewise:{${journal}}:events`;
    const options = { keptFor: 0 };
    let time = START;
    const now = (): number => (time += 10);
    await using a = await replica('a', { ...options, now });
    const b = await replica('b', { ...options, now });
    const tell = async (host: Host, name: string): Promise<void> => {
      for (let k = 0; k < 10; k++) await host.observe([list(`${name}${k}`, 'u1')]);
      await host.snapshot();
    };
    await tell(a, 'a');
    await tell(a, 'b');
    expect(await server.send('XLEN', stream)).toBe(20);
    await b.reached(20, 20_000);
    await b.snapshot();
    await tell(b, 'c');
    await a.reached(30, 20_000);
    await b.close();
    await tell(a, 'd');
    // Of two snapshots each, the older ones are of entries 20 and 30.
    expect(await server.send('XLEN', stream)).toBe(21);
    await expect(replica('c', options)).rejects.toMatchObject({ code: 'journal-trimmed' });
    await using again = await replica('b', options);
    await expectSame([a, again]);
  });

  it('forget a person everywhere, once all have', async () => {
    await using own = await startRedis();
    const { replica, journal } = await fleet(own.url);
    await using a = await replica('a');
    await using b = await replica('b');
    for (const [at, user] of ['u1', 'jane-doe-77', 'u2'].entries()) {
      const { sequence } = await a.observe([list(`l${at}`, user), click(`l${at}`, 'small')]);
      expect(await b.reached(sequence, 20_000)).toBe(true);
    }
    await b.snapshot();
    expect(await holds(own.folder, 'jane-doe-77')).toBe(true);
    expect(await b.erase('jane-doe-77')).toBe(true);
    await expectSame([a, b]);
    // Redis removes its old file a moment after the new one is there.
    await expect.poll(() => holds(own.folder, 'jane-doe-77'), { timeout: 10_000 }).toBe(false);
    const entries = (await own.send('XRANGE', `slatewise:{${journal}}:events`, '-', '+')) as [string, string[]][];
    expect(entries.map(([id]) => id)).toEqual(['1-0', '2-0', '3-0', '4-0', '5-0', '6-0', '7-0']);
    await b.observe([list('after', 'u1')]);
    await a.reached(8, 20_000);
    await expectSame([a, b]);
  });
});

/** Whether any file of a folder has this text. */
async function holds(folder: string, text: string): Promise<boolean> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = names.filter((name) => name.isFile());
  const texts = await Promise.all(
    // One may be removed meanwhile.
    files.map((file) => readFile(join(file.parentPath, file.name), 'latin1').catch(() => '')),
  );
  return texts.some((each) => each.includes(text));
}
