import { Writable } from 'node:stream';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drinksModel, type MemoryHost, memoryHost } from '../../../test/memory-host.ts';
import type { ListModel } from '../../live/list-model.ts';
import { checkAddress } from '../access/host-name.ts';
import { newKey, parseKeys } from '../access/keys.ts';
import { createLogger } from '../watch/logger.ts';
import { createServer } from './create-server.ts';

let model: ListModel;
let host: MemoryHost;
const servers: FastifyInstance[] = [];
const serve = (options?: Parameters<typeof createServer>[1]): FastifyInstance => {
  const { app } = createServer(host, options);
  servers.push(app);
  return app;
};

beforeAll(async () => {
  model = await drinksModel();
  host = memoryHost({ a: model });
});
afterAll(async () => {
  for (const app of servers) await app.close();
  await model.close();
});

const body = JSON.stringify({ requests: [{ user: 'u1', items: ['small', 'large'] }] });
const JSON_TYPE = { 'content-type': 'application/json' };

interface Sent {
  readonly method?: 'POST' | 'GET' | 'DELETE' | 'OPTIONS';
  readonly url?: string;
  readonly payload?: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}
const send = (app: FastifyInstance, sent: Sent = {}): Promise<LightMyRequestResponse> =>
  app.inject({
    method: sent.method ?? 'POST',
    url: sent.url ?? '/v1/score',
    ...(sent.method === 'GET' || sent.method === 'OPTIONS' ? {} : { payload: sent.payload ?? body }),
    headers: { host: 'localhost', ...JSON_TYPE, ...sent.headers },
  });

/** What a log writes. */
function written(): { readonly lines: string[]; readonly stream: Writable } {
  const lines: string[] = [];
  const stream = new Writable({
    write(chunk, _, done) {
      lines.push(String(chunk));
      done();
    },
  });
  return { lines, stream };
}

/** One sentence with its code; no stack trace. */
function expectFault(response: LightMyRequestResponse, status: number, code: string): void {
  expect([response.statusCode, response.json().code], response.body).toEqual([status, code]);
  expect(Object.keys(response.json())).toEqual(['code', 'message', 'requestId']);
  expect(response.json().message).toMatch(/^[^\n]+: .*expected .*, found /);
  expect(response.headers['content-type']).toContain('application/json');
  expect(response.body).not.toMatch(/\\n\s+at |node_modules|\.ts:/);
}

describe('keys', () => {
  const [rank, events, admin] = [newKey('asks', ['rank']), newKey('tells', ['events']), newKey('rules', ['admin'])];
  const keys = parseKeys([rank, events, admin].map(({ line }) => line).join('\n'), 'keys');
  const bearer = (key: string): Record<string, string> => ({ authorization: `Bearer ${key}` });

  it('are asked for where there are any', async () => {
    const app = serve({ keys });
    const none = await send(app);
    expectFault(none, 401, 'key-missing');
    expect(none.headers['www-authenticate']).toBe('Bearer');
    expectFault(await send(app, { headers: bearer('wrong') }), 401, 'key-unknown');
    expectFault(await send(app, { headers: { authorization: rank.key } }), 401, 'key-missing');
    expect((await send(app, { headers: bearer(rank.key) })).statusCode).toBe(200);
    expect((await send(app, { method: 'GET', url: '/health/ready' })).statusCode).toBe(200);
  });

  it('are each good for something', async () => {
    const app = serve({ keys });
    const calls: readonly (readonly [string, Sent])[] = [
      [rank.key, { url: '/v1/rank' }],
      [rank.key, { method: 'GET', url: '/v1/models' }],
      [rank.key, { url: '/rank/a', payload: '{"id":"r","items":[{"id":"small"}]}' }],
      [events.key, { url: '/v1/events', payload: '{"event":"user","user":"u1","fields":{}}' }],
      [events.key, { url: '/feedback', payload: '{"event":"user","user":"u1","fields":[]}' }],
      [admin.key, { url: '/v1/models/a/activate' }],
      [admin.key, { method: 'DELETE', url: '/v1/users/u1' }],
      [admin.key, { method: 'GET', url: '/metrics' }],
    ];
    for (const [right, sent] of calls)
      for (const { key } of [rank, events, admin]) {
        const response = await send(app, { ...sent, headers: bearer(key) });
        if (key === right) expect(response.statusCode, `${sent.url} ${response.body}`).toBe(200);
        else expectFault(response, 403, 'scope-missing');
      }
  });

  it('are never logged, nor is what is asked', async () => {
    const { lines, stream } = written();
    const app = serve({ keys, logger: createLogger('trace', stream) });
    await send(app, { headers: bearer(rank.key) });
    await send(app, { headers: bearer('slatewise_wrong') });
    await send(app, { url: '/v1/score?key=slatewise_query', headers: bearer(rank.key) });
    await send(app, { method: 'DELETE', url: '/v1/users/jane%40example.org', headers: bearer(admin.key) });
    const log = lines.join('');
    expect(log).toContain('"key":"asks"');
    for (const word of [rank.key, 'slatewise_', 'Bearer', 'jane', 'small']) expect(log).not.toContain(word);
  });

  it('must be there where other machines can ask', () => {
    for (const address of ['0.0.0.0', '::', '10.0.0.1', 'example.org', '128.0.0.1', '127.evil.example'])
      expect(() => checkAddress(address, false), address).toThrow('expected keys where other machines can ask');
    for (const address of ['127.0.0.1', '127.0.0.2', '::1', 'localhost']) checkAddress(address, false);
    checkAddress('0.0.0.0', true);
  });

  it('that are read again are in force at once', async () => {
    const current = [...keys];
    const app = serve({ keys: current });
    const next = newKey('next', ['rank']);
    expectFault(await send(app, { headers: bearer(next.key) }), 401, 'key-unknown');
    current.splice(0, current.length, ...parseKeys(next.line, 'keys'));
    expect((await send(app, { headers: bearer(next.key) })).statusCode).toBe(200);
    expectFault(await send(app, { headers: bearer(rank.key) }), 401, 'key-unknown');
  });
});

describe('pages of elsewhere', () => {
  it('cannot ask by a name of theirs that leads here', async () => {
    const app = serve();
    for (const name of ['evil.example', 'evil.example:8080', 'localhost.evil.example', '127.0.0.1.evil.example'])
      expectFault(await send(app, { headers: { host: name } }), 403, 'other-host');
    for (const name of ['localhost', 'LOCALHOST:8080', '127.0.0.1:1', '[::1]:8080'])
      expect((await send(app, { headers: { host: name } })).statusCode).toBe(200);
    const allowed = serve({ allowedHosts: ['Lists.Example'] });
    expect((await send(allowed, { headers: { host: 'lists.example:443' } })).statusCode).toBe(200);
    expectFault(await send(allowed, { headers: { host: 'evil.example' } }), 403, 'other-host');
  });

  it('may ask where they are allowed, and nowhere else', async () => {
    const preflight: Sent = {
      method: 'OPTIONS',
      headers: { origin: 'https://shop.example', 'access-control-request-method': 'POST' },
    };
    const closed = await send(serve(), preflight);
    expect(closed.headers['access-control-allow-origin']).toBeUndefined();
    const app = serve({ origins: ['https://shop.example'] });
    const open = await send(app, preflight);
    expect([open.statusCode, open.headers['access-control-allow-origin']]).toEqual([204, 'https://shop.example']);
    const other = await send(app, { ...preflight, headers: { ...preflight.headers, origin: 'https://evil.example' } });
    expect(other.headers['access-control-allow-origin']).not.toBe('https://evil.example');
    const asked = await send(app, { headers: { origin: 'https://shop.example' } });
    expect([asked.statusCode, asked.headers['access-control-allow-origin']]).toEqual([200, 'https://shop.example']);
  });

  it('cannot rule a server without keys by what needs no leave', async () => {
    const app = serve();
    const activate = { method: 'POST', url: '/v1/models/a/activate' } as const;
    const by = (headers: Record<string, string>): Promise<LightMyRequestResponse> =>
      app.inject({ ...activate, headers: { host: 'localhost:8080', ...headers } });
    for (const headers of [{ origin: 'https://evil.example' }, { origin: 'null' }, { 'sec-fetch-site': 'cross-site' }])
      expectFault(await by(headers as Record<string, string>), 403, 'other-origin');
    for (const headers of [{}, { origin: 'http://localhost:8080' }, { 'sec-fetch-site': 'same-origin' }])
      expect((await by(headers as Record<string, string>)).statusCode).toBe(200);
  });

  it('cannot send what needs no leave', async () => {
    const app = serve();
    for (const type of ['text/plain', 'multipart/form-data', 'application/x-www-form-urlencoded', 'application/jsonp'])
      expectFault(await send(app, { headers: { 'content-type': type } }), 415, 'other-type');
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const rank: Sent = { url: '/rank/a', payload: '{"id":"r","items":[{"id":"small"}]}' };
    expect((await send(app, { ...rank, headers: form })).statusCode).toBe(200);
    expectFault(await send(app, { ...rank, headers: { ...form, origin: 'null' } }), 403, 'other-origin');
    expectFault(
      await send(app, { ...rank, headers: { ...form, 'sec-fetch-site': 'cross-site' } }),
      403,
      'other-origin',
    );
    expectFault(await send(app, { ...rank, headers: { 'content-type': 'text/plain' } }), 415, 'other-type');
    const { key, line } = newKey('shop', ['rank']);
    const withKey = serve({ keys: parseKeys(line, 'keys') });
    const headers = { ...form, origin: 'https://shop.example', authorization: `Bearer ${key}` };
    expect((await send(withKey, { ...rank, headers })).statusCode).toBe(200);
  });
});

describe('bodies', () => {
  it('are refused where they are too large, too deep, or hold too much', async () => {
    const app = serve({ bodyLimit: 100_000 });
    expectFault(await send(app, { payload: `"${'a'.repeat(100_000)}"` }), 413, 'body-too-large');
    expectFault(await send(app, { payload: '['.repeat(30_000) + ']'.repeat(30_000) }), 400, 'too-deep');
    const many = (lists: number, items: number): string =>
      JSON.stringify({
        requests: Array.from({ length: lists }, () => ({ items: Array.from({ length: items }, (_, n) => n) })),
      });
    expectFault(await send(app, { payload: many(101, 1) }), 400, 'invalid-request');
    expectFault(await send(app, { payload: many(1, 4001) }), 400, 'invalid-request');
    expectFault(await send(serve(), { payload: many(60, 400) }), 413, 'too-large');
    const events = JSON.stringify(Array.from({ length: 1001 }, () => ({ event: 'user', user: 'u' })));
    expectFault(await send(app, { url: '/v1/events', payload: events }), 400, 'invalid-request');
  });

  it('are JSON in UTF-8 without keys that reach a prototype', async () => {
    const app = serve();
    for (const payload of ['{', 'null', '""', '[]', '7'])
      expect((await send(app, { payload })).statusCode, payload).toBe(400);
    expectFault(await send(app, { payload: '{' }), 400, 'not-json');
    expectFault(await send(app, { payload: '' }), 400, 'not-json');
    expectFault(await send(app, { payload: Buffer.from([0x22, 0xff, 0x22]) }), 400, 'broken-utf8');
    expectFault(await send(app, { payload: '{"__proto__": {"requests": []}}' }), 400, 'invalid-request');
    expect(({} as { requests?: unknown }).requests).toBeUndefined();
  });

  it('with a misspelt key are told what was meant', async () => {
    const response = await send(serve(), { payload: '{"requests":[{"user":"u1","itms":["small"]}]}' });
    expectFault(response, 400, 'invalid-request');
    expect(response.json().message).toContain('did you mean "items"?');
    const deeper = await send(serve(), { payload: '{"requests":[{"items":[{"id":"small","postion":1}]}]}' });
    expect(deeper.json().message).toBe(
      'the body: requests.0.items.0: expected one of id, fields, position, row, col, found "postion"; did you mean "position"?',
    );
  });
});

describe('addresses', () => {
  it('lead to no folder but the models', async () => {
    const app = serve();
    for (const name of ['..%2f..%2fetc', '%2e%2e', '..', '.', 'a%00', 'a%2fb', '-a', 'x'.repeat(200)]) {
      const response = await send(app, { url: `/v1/models/${name}/activate` });
      expect([400, 404], name).toContain(response.statusCode);
      expect(response.body).not.toContain('root:');
    }
    expectFault(
      await send(app, { url: '/rank/..%2f..%2fetc%2fpasswd', payload: '{"items":[1]}' }),
      400,
      'invalid-request',
    );
    expectFault(
      await send(app, { payload: JSON.stringify({ model: '../a', requests: [{ items: [1] }] }) }),
      400,
      'invalid-request',
    );
  });

  it('that are none are told so', async () => {
    const app = serve();
    expectFault(await send(app, { url: '/nowhere' }), 404, 'no-such-route');
    expectFault(await send(app, { url: '/v1/models/%ff/activate' }), 400, 'bad-url');
  });

  it('say which methods they have where they are asked with another', async () => {
    for (const app of [serve(), serve({ keys: parseKeys(newKey('all', ['rank']).line, 'keys') })]) {
      const response = await send(app, { method: 'GET', url: '/v1/score' });
      expectFault(response, 405, 'other-method');
      expect(response.headers.allow).toBe('POST');
      const text = { 'content-type': 'text/plain' };
      expectFault(await send(app, { method: 'DELETE', url: '/v1/models', headers: text }), 405, 'other-method');
      expectFault(await send(app, { method: 'OPTIONS', url: '/v1/users/u1' }), 405, 'other-method');
    }
  });
});

describe('ids of requests', () => {
  it('come back where they cannot break a log', async () => {
    const app = serve();
    const sent = async (id: string): Promise<unknown> =>
      (await send(app, { headers: { 'x-request-id': id } })).headers['x-request-id'];
    expect(await sent('trace-1:a/b')).toBe('trace-1:a/b');
    for (const id of ['a b', '{"level":60}', 'x'.repeat(129), 'é']) expect(await sent(id)).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('nor does anything else begin a line of the log', async () => {
    const { lines, stream } = written();
    const app = serve({ logger: createLogger('trace', stream) });
    await send(app, { url: '/v1/score?after=%0a%7b%22level%22%3a60%7d', headers: { 'user-agent': 'a\u2028b' } });
    await send(app, { url: '/%0d%0aevil' });
    for (const line of lines.join('').trimEnd().split('\n')) expect(JSON.parse(line)).toHaveProperty('msg');
    expect(lines.join('')).not.toContain('evil');
  });
});
