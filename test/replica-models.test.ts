/** Over one Redis all replicas answer from the model that one of them was asked to activate. */
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { asked, click, expectSame, fleet, list } from './fleet.ts';
import { hasRedis, startRedis } from './redis-server.ts';
import { modelsFolder } from './served-models.ts';

const redis = hasRedis() ? await startRedis() : undefined;
afterAll(() => redis?.kill());

describe.skipIf(!redis)('replicas', () => {
  const server = redis as NonNullable<typeof redis>;

  it('all answer from the model that one of them was asked to activate, also those that start later', async () => {
    const { replica } = await fleet(server.url);
    const both = { models: await modelsFolder('a', 'b') };
    await using a = await replica('a', both);
    const b = await replica('b', both);
    await a.observe([list('l1', 'u1'), click('l1', 'small')]);
    await a.activate('b');
    expect(a.active).toBe('b');
    await expect.poll(() => b.active, { timeout: 30_000 }).toBe('b');
    await expectSame([a, b]);
    await b.snapshot();
    await b.close();
    await using c = await replica('c', both);
    await using again = await replica('b', both);
    expect([c.active, again.active]).toEqual(['b', 'b']);
    await Promise.all([a.activate('a'), c.activate('b'), again.activate('a')]);
    const last = a.sequence;
    await a.reached(last + 3, 500);
    const settled = async (): Promise<number> => new Set([a, c, again].map((host) => host.active)).size;
    await expect.poll(settled, { timeout: 30_000 }).toBe(1);
    await expectSame([a, c, again]);
  }, 120_000);

  it('say that a model is not there, stay on the one before, and take it once it is', async () => {
    const { replica, warnings } = await fleet(server.url);
    const both = await modelsFolder('a', 'b');
    const one = await modelsFolder('a');
    await using a = await replica('a', { models: both });
    await using b = await replica('b', { models: one });
    await a.activate('b');
    await expect.poll(() => b.health.modelFault, { timeout: 30_000 }).toMatch(/^expected the model b, .*found "b"/);
    expect(b.active).toBe('a');
    expect(b.health.isReady).toBe(true);
    expect(warnings.filter((warning) => warning.includes('the one before it answers'))).toHaveLength(1);
    expect(await b.model().score(asked)).toHaveLength(asked.length);
    await b.close();
    await using again = await replica('b', { models: one });
    expect([again.active, again.health.modelFault]).toEqual(['a', expect.stringContaining('expected the model b')]);
    await cp(join(both, 'b'), join(one, 'b'), { recursive: true });
    await expect.poll(() => again.active, { timeout: 30_000 }).toBe('b');
    await expect.poll(() => again.health.modelFault, { timeout: 30_000 }).toBeUndefined();
    await expectSame([a, again]);
  }, 120_000);

  it('activate nothing where the others cannot be told', async () => {
    await using own = await startRedis();
    const { replica } = await fleet(own.url);
    await using a = await replica('a', { models: await modelsFolder('a', 'b') });
    await a.observe([list('l1', 'u1')]);
    await own.kill();
    await expect(a.activate('b')).rejects.toMatchObject({ name: 'JournalUnavailable' });
    expect(a.active).toBe('a');
  });
});
