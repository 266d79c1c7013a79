/** Whoever only reads a journal in Redis: an audit, and an import. */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type Audit, auditJournal } from '../src/serve/audit/audit-journal.ts';
import { ended } from './command-ending.ts';
import { asked, click, fleet, list, START } from './fleet.ts';
import { hasRedis, startRedis } from './redis-server.ts';

const redis = hasRedis() ? await startRedis() : undefined;
afterAll(() => redis?.kill());

describe.skipIf(!redis)('a journal in Redis', () => {
  const server = redis as NonNullable<typeof redis>;

  it('is audited from what each replica has kept, also once its first entries are gone', async () => {
    const { replica, journal, snapshots, models } = await fleet(server.url);
    let time = START;
    const options = { auditEvery: 1, keptFor: 0, now: () => time++ };
    const address = `${server.url}?journal=${journal}`;
    const a = await replica('a', options);
    const b = await replica('b', options);
    const round = async (name: string): Promise<void> => {
      for (let k = 0; k < 10; k++) {
        await a.observe([list(`${name}${k}`, `u${k % 3}`), click(`${name}${k}`, 'small')]);
        await a.model().score(asked);
        await b.model().score(asked);
      }
      await b.reached(a.sequence, 20_000);
    };
    await round('l');
    const audit = (name: string): Promise<Audit> =>
      auditJournal(address, { model: join(models, 'a'), snapshots: snapshots(name) });
    for (const name of ['a', 'b']) {
      const { checked, different } = await audit(name);
      expect([checked > 10, different]).toEqual([true, 0]);
    }
    // Two snapshots of each: what is older than all of them goes.
    for (const name of ['m', 'n', 'o']) {
      await round(name);
      for (const host of [a, b]) await host.snapshot();
    }
    await round('p');
    for (const host of [a, b]) await host.close();
    const [first] = (await server.send('XRANGE', `slatewise:{${journal}}:events`, '-', '+', 'COUNT', '1')) as [
      string,
    ][];
    expect(Number.parseInt(first[0], 10)).toBeGreaterThan(1);
    for (const name of ['a', 'b']) {
      const { checked, different, passedOver } = await audit(name);
      expect([checked > 10, different, passedOver.before > 10]).toEqual([true, 0, true]);
    }
    await expect(auditJournal(`${server.url}?journal=none`, { model: join(models, 'a') })).rejects.toMatchObject({
      code: 'file-not-found',
    });
  }, 60_000);

  it('is imported as one in a folder is, and says up to which entry', async () => {
    const { replica, journal } = await fleet(server.url);
    await using a = await replica('a');
    for (let k = 0; k < 20; k++) await a.observe([list(`l${k}`, `u${k % 3}`), click(`l${k}`, 'small')]);
    const data = join(await mkdtemp(join(tmpdir(), 'from-redis-')), 'data');
    const { code, printed } = await ended(`import ${server.url}?journal=${journal} --out ${data} --json`);
    expect(code).toBe(0);
    const { summary } = JSON.parse(printed);
    expect(summary).toMatchObject({ lists: 20, clicks: 20, journal: { sequence: 40, print: expect.any(String) } });
  }, 60_000);

  it('tells of experiments as one in a folder does, and says what was removed', async () => {
    const { replica, journal } = await fleet(server.url);
    await using a = await replica('a', { keptFor: 0 });
    const variants = ['old', 'new'].map((name) => ({ name, share: 0.5 }));
    await a.changeExperiments([{ name: 'order', coverage: 1, variants }]);
    for (let k = 0; k < 4; k++) {
      const items = ['small', 'medium', 'large'].map((id) => ({ id, probability: 0.5 }));
      const answer = {
        id: `l${k}`,
        time: START,
        user: `u${k}`,
        fields: {},
        asked: 'rank',
        model: 'a',
        took: 2,
      } as const;
      a.note([{ ...answer, experiments: { order: variants[k % 2].name }, candidates: [], items }]);
      await a.observe([list(`l${k}`, `u${k}`), ...(k % 2 === 1 ? [click(`l${k}`, 'small')] : [])]);
    }
    const address = `${server.url}?journal=${journal}`;
    const { printed, said } = await ended(`experiment ${address} --json`);
    expect(said).toBe('');
    const [{ variants: rows }] = JSON.parse(printed);
    expect(rows).toMatchObject([
      { name: 'old', lists: 2, metrics: { clicks: { perList: 0 } } },
      { name: 'new', lists: 2, metrics: { clicks: { perList: 1 } } },
    ]);

    for (let k = 0; k < 3; k++) {
      await a.observe([list(`m${k}`, 'u0')]);
      await a.snapshot();
    }
    expect((await ended(`experiment ${address} --json`)).said).toMatch(/the first \d+ entries were removed/);
  }, 60_000);
});
