import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drinksModel, type MemoryHost, memoryHost } from '../../../test/memory-host.ts';
import type { ListModel } from '../../live/list-model.ts';
import { newKey, parseKeys } from '../access/keys.ts';
import { createServer } from '../http/create-server.ts';
import { createClient, type ServerClient } from './create-client.ts';

let model: ListModel;
let host: MemoryHost;
let app: FastifyInstance;
let url: string;
let client: ServerClient;
const { key, line } = newKey('all', ['rank', 'events', 'admin']);

beforeAll(async () => {
  model = await drinksModel();
  host = memoryHost({ a: model, b: model });
  app = createServer(host, { keys: parseKeys(line, 'keys') }).app;
  await app.listen({ host: '127.0.0.1', port: 0 });
  url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  client = createClient({ url: `${url}/`, key });
});
afterAll(async () => {
  await app.close();
  await model.close();
});

const requests = [{ user: 'u1', items: ['small', 'medium', 'large'] }];

describe('a client', () => {
  it('asks and tells', async () => {
    expect((await client.score({ requests })).lists[0].items).toHaveLength(3);
    expect((await client.rank({ requests })).lists[0].items[0].rank).toBe(1);
    expect((await client.generate({ requests, size: 2 })).lists[0].slates[0].items).toHaveLength(2);
    expect((await client.explain({ requests })).lists[0].items[0]?.item).toBe('small');
    const { sequence, taken } = await client.events([
      { event: 'ranking', id: 'page', user: 'u1', items: ['small', 'large'] },
      { event: 'interaction', id: 'click', ranking: 'page', item: 'small', type: 'click' },
    ]);
    expect(taken).toBe(2);
    expect((await client.score({ requests }, { after: sequence })).sequence).toBe(sequence);
    expect((await client.models()).active).toBe('a');
    expect((await client.activate('b')).state).toBe('active');
    expect(await client.eraseUser('nobody/of them')).toEqual({ erased: false });
    expect((await client.ready()).ready).toBe(true);
  });

  it('rejects with the code and the sentence of the server', async () => {
    await expect(client.score({ model: 'c', requests })).rejects.toMatchObject({
      name: 'ClientError',
      code: 'no-such-model',
      status: 404,
    });
    await expect(createClient({ url, key: 'other' }).models()).rejects.toMatchObject({
      code: 'key-unknown',
      status: 401,
    });
    host.knobs.isReady = false;
    expect((await client.ready()).ready).toBe(false);
    host.knobs.isReady = true;
  });

  it('tries again where it is told to, and not for ever', async () => {
    const statuses = [503, 429, 200];
    const asked: number[] = [];
    const fetch = async (): Promise<Response> => {
      const status = statuses[asked.length] ?? 503;
      asked.push(status);
      return new Response('{"code":"overloaded","message":"later"}', { status, headers: { 'retry-after': '0' } });
    };
    await createClient({ url, fetch }).models();
    expect(asked).toEqual(statuses);
    await expect(createClient({ url, fetch }).models()).rejects.toMatchObject({ code: 'overloaded' });
    expect(asked).toHaveLength(6);
  });

  it('says when nobody answers, and ends with the reason of a signal', async () => {
    const nobody = createClient({ url: 'http://127.0.0.1:1', retries: 1 });
    await expect(nobody.models()).rejects.toMatchObject({ code: 'no-answer', status: 0 });
    const slow = createClient({
      url,
      fetch: (_, init) =>
        new Promise((_resolve, reject) => init?.signal?.addEventListener('abort', () => reject(init.signal?.reason))),
      timeoutMs: 50,
    });
    await expect(slow.models()).rejects.toMatchObject({ code: 'no-answer' });
    const reason = new Error('enough');
    await expect(client.models({ signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });

  it('takes nothing else for a server', async () => {
    const fetch = async (): Promise<Response> => new Response('<html>', { status: 502 });
    await expect(createClient({ url, fetch }).models()).rejects.toMatchObject({ code: 'other-server', status: 502 });
  });
});
