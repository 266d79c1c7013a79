/** A server whose disk is full, from its doors to its files. */
import type { LightMyRequestResponse } from 'fastify';
import { expect, it } from 'vitest';
import { createRng } from '../src/random/rng.ts';
import { createHost } from '../src/serve/host/create-host.ts';
import { createServer } from '../src/serve/http/create-server.ts';
import { createFaultyDisk } from './faulty-store.ts';
import { modelsFolder } from './served-models.ts';

it('a full disk: events are refused with 503 and a time to come again, answers go on, and with room they are taken', async () => {
  const disk = createFaultyDisk(createRng('full disk'));
  const warnings: string[] = [];
  await using host = await createHost({
    ...{ models: await modelsFolder('a'), journal: disk.open() },
    warn: (message) => void warnings.push(message),
  });
  await using app = createServer(host).app;
  const headers = { host: 'localhost' };
  const tell = (id: string): Promise<LightMyRequestResponse> =>
    app.inject({
      ...{ method: 'POST', url: '/v1/events', headers },
      payload: { event: 'ranking', id, user: 'u900', items: ['small', 'large'] },
    });
  const requests = [{ user: 'u900', time: Date.UTC(2100, 0, 1), items: ['small', 'medium', 'large'] }];
  const ask = async (): Promise<{ readonly sequence: number; readonly lists: unknown }> => {
    const response = await app.inject({ method: 'POST', url: '/v1/score', headers, payload: { requests } });
    expect(response.statusCode, response.body).toBe(200);
    return response.json();
  };

  expect((await tell('before')).json()).toMatchObject({ taken: 1, sequence: 1 });
  const known = await ask();

  disk.fill(20);
  const refused = await tell('during');
  expect([refused.statusCode, refused.json().code]).toEqual([503, 'journal-unavailable']);
  expect(refused.headers['retry-after']).toBe('5');
  expect(await ask()).toEqual(known);
  const ready = await app.inject({ url: '/health/ready', headers });
  expect(ready.statusCode).toBe(200);
  expect(ready.json()).toMatchObject({ ready: true, sequence: 1 });
  expect(ready.json().journal).not.toBe('open');

  disk.fill(undefined);
  expect((await tell('during')).json()).toMatchObject({ taken: 1, sequence: 2 });
  const after = await ask();
  expect(after.sequence).toBe(2);
  expect(after.lists).not.toEqual(known.lists);
});
