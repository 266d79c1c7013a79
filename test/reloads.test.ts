/** Models come and go while others ask: no request is lost, and a folder that was written anew is what answers next. */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { createClient } from '../src/client.ts';
import { loadModel, saveModel } from '../src/scoring/model-folder.ts';
import { createHost } from '../src/serve/host/create-host.ts';
import type { Host } from '../src/serve/host.ts';
import { startServer } from '../src/serve/http/start-server.ts';
import { modelsFolder } from './served-models.ts';

const NAMES = ['a', 'b', 'c'];
const models = await modelsFolder(...NAMES);
const newHost = async (): Promise<Host> =>
  createHost({
    ...{ models, active: 'a', warn: () => undefined, durability: 'process' },
    journal: join(await mkdtemp(join(tmpdir(), 'reloads-')), 'journal'),
  });
const requests = [{ id: 'q', user: 'u1', time: Date.UTC(2100, 0, 1), items: ['small', 'medium', 'large'] }];

it('answers every request while a model is loaded thirty times, and takes every event', async () => {
  await using host = await newHost();
  const server = await startServer(host, { port: 0 });
  // However busy the machine is.
  const client = createClient({ url: server.url, timeoutMs: 120_000 });
  const answered = new Set<string>();
  let [asked, told, isOver] = [0, 0, false];
  const ask = async (): Promise<void> => {
    while (!isOver) {
      const { model, lists } = await client.score({ requests });
      expect(lists[0].items).toHaveLength(3);
      answered.add(model);
      asked++;
      await delay(5);
    }
  };
  const tell = async (): Promise<void> => {
    while (!isOver) {
      const list = { event: 'ranking', id: `l${told}`, user: 'someone-else', items: ['tea'] } as const;
      const { taken } = await client.events(list);
      told += taken;
      await delay(5);
    }
  };
  const busy = [ask(), ask(), tell()];
  // Of three models two stay loaded: each time the next one is read from its folder.
  for (let reload = 1; reload <= 30; reload++) {
    const name = NAMES[reload % NAMES.length];
    const before = asked;
    expect(await client.activate(name)).toMatchObject({ name, state: 'active' });
    await expect.poll(() => asked, { timeout: 20_000 }).toBeGreaterThan(before);
  }
  isOver = true;
  await Promise.all(busy);
  await server.stop();
  expect([...answered].sort()).toEqual(NAMES);
  expect(host.sequence).toBe(told);
}, 240_000);

it('loads a folder again that was written anew under the same name', async () => {
  await using host = await newHost();
  const [first] = await host.model().score(requests);
  await host.activate('a');
  expect((await host.model().score(requests))[0]).toEqual(first);

  await saveModel(join(models, 'a'), await loadModel(join(models, 'b')));
  expect((await host.model().score(requests))[0]).toEqual(first);
  await host.activate('a');
  const [again] = await host.model().score(requests);
  expect(again).not.toEqual(first);
  expect(host.models().map(({ name, state }) => [name, state])).toEqual([
    ['a', 'active'],
    ['b', 'on disk'],
    ['c', 'on disk'],
  ]);
  expect((await host.model('a').score(requests))[0]).toEqual(again);
  await host.activate('b');
  expect((await host.model().score(requests))[0]).toEqual(again);
});
