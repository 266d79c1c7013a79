import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { drinksModel, type MemoryHost, memoryHost } from '../../../test/memory-host.ts';
import type { ListModel } from '../../live/list-model.ts';
import type { Experiment } from '../../slate/experiment.ts';
import type { GenerateAnswer, ScoreAnswer } from '../client/answer-types.ts';
import { createServer } from '../http/create-server.ts';
import { createLogger } from '../watch/logger.ts';
import { assignedTo } from './assign.ts';

const order: Experiment = {
  ...{ name: 'order', coverage: 1, shadows: ['a', 'b'] },
  variants: [
    { name: 'old', share: 0.5 },
    {
      name: 'new',
      share: 0.5,
      model: 'b',
      rules: { exclude: ['large'] },
      explore: { policy: 'epsilon', epsilon: 0.5 },
    },
  ],
};
const items = ['small', 'medium', 'large'];
const userOf = (variant: string): string => {
  for (let at = 0; ; at++) if (assignedTo([order], `user u${at}`)?.experiments.order === variant) return `u${at}`;
};

let models: Record<string, ListModel> = {};
let host: MemoryHost;
let app: FastifyInstance;
beforeAll(async () => {
  models = { a: await drinksModel(2), b: await drinksModel(3) };
});
beforeEach(async () => {
  host = memoryHost(models);
  await host.changeExperiments([order]);
  app = createServer(host).app;
});
afterAll(async () => {
  await app.close();
  for (const model of Object.values(models)) await model.close();
});

async function ask<A>(url: string, payload: object): Promise<A> {
  const answer = await app.inject({ method: 'POST', url, payload, headers: { host: 'localhost' } });
  expect(answer.statusCode).toBe(200);
  return answer.json() as A;
}

describe('a server with experiments', () => {
  it('answers each user by the variant, and notes it', async () => {
    const requests = ['old', 'new'].map((variant) => ({ id: variant, user: userOf(variant), items }));
    const { lists } = await ask<GenerateAnswer>('/v1/generate', { size: 2, requests });
    expect(lists).toMatchObject(
      [
        { model: 'a', experiments: { order: 'old' }, slates: [{ items: [{}, {}] }] },
        { model: 'b', experiments: { order: 'new' }, policy: /^epsilon=0.5/ } as object,
      ].map(({ policy: _, ...list }: { policy?: unknown }) => list),
    );
    expect(lists[0].policy).toBeUndefined();
    expect(lists[1].policy).toMatch(/^epsilon=0.5/);
    expect(lists[1].slates[0].items.map(({ item }) => item)).not.toContain('large');
    expect(host.noted).toMatchObject([
      { id: 'old', model: 'a', experiments: { order: 'old' } },
      { id: 'new', model: 'b', experiments: { order: 'new' }, rules: { exclude: ['large'] } },
    ]);
  });

  it.each([
    ['/v1/generate', { size: 2, asIf: { large: { price: 1 } } }],
    ['/v1/rank', {}],
  ])('answers what is only tried out without a variant, notes nothing and asks no shadow: %s', async (url, asks) => {
    const requests = [{ id: 'tried', user: userOf('new'), items }];
    const { lists } = await ask<GenerateAnswer>(url, { ...asks, note: false, requests });
    expect([lists[0].model, lists[0].experiments]).toEqual([undefined, undefined]);
    // What comes after it is shadowed; had the first been, its shadow would stand before.
    await ask(url, { requests: [{ id: 'shown', user: userOf('new'), items }] });
    await vi.waitFor(() => expect(host.shadows).not.toHaveLength(0), { timeout: 20_000 });
    expect(new Set(host.shadows.map(({ id }) => id))).toEqual(new Set(['shown']));
    expect(host.noted.map(({ id }) => id)).toEqual(['shown']);
    host.knobs.before = () => Promise.reject(new Error('a fault'));
    const failed = await app.inject({
      ...{ method: 'POST', url, headers: { host: 'localhost' } },
      payload: { ...asks, note: false, requests },
    });
    expect([failed.statusCode, host.noted.length]).toEqual([500, 1]);
  });

  it('ranks with the model of the variant, each list in its place', async () => {
    const users = ['new', 'old', 'new'].map(userOf);
    const requests = users.map((user, at) => ({ id: `r${at}`, user, items }));
    const { lists } = await ask<ScoreAnswer>('/v1/rank', { requests });
    expect(lists.map(({ model }) => model)).toEqual(['b', 'a', 'b']);
    for (const [at, list] of lists.entries()) {
      const named = await ask<ScoreAnswer>('/v1/rank', { model: list.model, requests: [requests[at]] });
      expect(named.lists[0].items).toEqual(list.items);
      expect(named.lists[0].experiments).toBeUndefined();
    }
    // All are noted, and only those without a model of their own are of the experiment.
    expect(host.noted.map(({ experiments }) => experiments?.order)).toEqual([
      ...['new', 'old', 'new'],
      ...[undefined, undefined, undefined],
    ]);
  });

  it.each([
    ['/v1/generate', { size: 2 }],
    ['/v1/rank', {}],
  ])('tells metrics and the log which model answered: %s', async (url, asks) => {
    const lines: string[] = [];
    const stream = { write: (line: string) => void lines.push(line) };
    const watched = createServer(host, { logger: createLogger('info', stream) }).app;
    const modelOf = async (...variants: readonly string[]): Promise<void> => {
      const requests = variants.map((variant, at) => ({ id: `r${at}`, user: userOf(variant), items }));
      // A list without items is answered by no model.
      const empty = { id: 'empty', user: userOf('old'), items: [] };
      const payload = { ...asks, requests: [...requests, empty] };
      await watched.inject({ method: 'POST', url, payload, headers: { host: 'localhost' } });
    };
    await modelOf('old');
    await modelOf('new', 'new');
    await modelOf('new', 'old');
    await modelOf();
    const { payload } = await watched.inject({ url: '/metrics', headers: { host: 'localhost' } });
    for (const [model, count] of Object.entries({ a: 2, b: 1, several: 1 }))
      expect(payload).toContain(
        `slatewise_request_duration_seconds_count{route="${url}",model="${model}",status="200"} ${count}`,
      );
    const told = lines.map((line) => JSON.parse(line)).filter(({ route, status }) => route === url && status === 200);
    expect(told.map(({ model }) => model)).toEqual(['a', 'b', 'several', 'a']);
    await watched.close();
  });

  it('gives a request of nobody an id, by which it is assigned', async () => {
    const { lists } = await ask<GenerateAnswer>('/v1/generate', { size: 1, requests: [{ items }] });
    const [{ request, experiments }] = lists;
    expect(request).toMatch(/^[0-9a-f-]{36}$/);
    expect(experiments).toEqual(assignedTo([order], `request ${request}`)?.experiments);
    expect(host.noted).toMatchObject([{ id: request, user: '' }]);
  });

  it('lets shadows score what was answered, later, and shows nothing of it', async () => {
    const user = userOf('old');
    const { lists } = await ask<GenerateAnswer>('/v1/generate', { size: 2, requests: [{ id: 'x', user, items }] });
    const shown = lists[0].slates[0].items.map(({ item }) => item);
    await vi.waitFor(() => expect(host.shadows).toHaveLength(2), { timeout: 20_000 });
    const scored = await models.b.score([{ user, items: shown }]);
    const { probabilities } = host.shadows.find(({ model }) => model === 'b') ?? { probabilities: [] };
    expect(probabilities).toEqual(scored[0].items.map(({ probability }) => probability));
    expect(host.shadows[0]).toMatchObject({ id: 'x', user });
  });

  it('lets the model that ranks score the order that is shown once more, as shadows do', async () => {
    const user = userOf('new');
    const { lists } = await ask<ScoreAnswer>('/v1/rank', { requests: [{ id: 'x', user, items }] });
    const shown = lists[0].items.map(({ item }) => item);
    await vi.waitFor(() => expect(host.shadows.map(({ model }) => model).sort()).toEqual(['a', 'b']), {
      timeout: 20_000,
    });
    const scored = await models.b.score([{ user, items: shown }]);
    expect(host.shadows.find(({ model }) => model === 'b')?.probabilities).toEqual(
      scored[0].items.map(({ probability }) => probability),
    );
  });

  it('tells the price of exploring to who asks for it, by the policy of the variant', async () => {
    const explore = { policy: 'plackett-luce', temperature: 1, price: true };
    const told = async (user: string, asked: object): Promise<GenerateAnswer['lists'][number]> => {
      const requests = [{ id: `price ${user}`, user, items }];
      return (await ask<GenerateAnswer>('/v1/generate', { size: 2, requests, explore: asked })).lists[0];
    };
    const { price: _, ...free } = explore;
    expect((await told(userOf('new'), explore)).policy).toContain('epsilon=0.5');
    expect((await told(userOf('new'), explore)).explorePrice).toBeDefined();
    expect((await told(userOf('new'), free)).explorePrice).toBeUndefined();
    expect((await told(userOf('old'), explore)).explorePrice).toBeDefined();
  });

  it('notes what comes to an error, with its code, and not what no variant could answer', async () => {
    const requests = [{ id: 'x', user: userOf('new'), items }];
    const failing = async (url: string, payload: object, status: number): Promise<void> => {
      const answer = await app.inject({ method: 'POST', url, payload, headers: { host: 'localhost' } });
      expect(answer.statusCode).toBe(status);
    };
    // The rules of the variant leave out what the request pins.
    await failing('/v1/generate', { size: 2, rules: { pin: [{ item: 'large', position: 0 }] }, requests }, 422);
    host.knobs.before = () => Promise.reject(new Error('a fault'));
    await failing('/v1/rank', { requests }, 500);
    host.knobs.before = async () => undefined;
    await failing('/v1/rank?after=1000', { requests }, 503);
    expect(host.noted.map(({ asked, failed, model, experiments }) => [asked, failed, model, experiments])).toEqual([
      ['generate', expect.stringMatching(/^[a-z-]+$/), 'b', { order: 'new' }],
      ['rank', 'internal', 'b', { order: 'new' }],
    ]);
  });

  it('notes whom a full queue sends away, together and at the end of the server', async () => {
    // No place to wait in: it is full for all.
    const full = createServer(host, { asking: { waiting: 0 } }).app;
    const refused = async (url: string, payload: object, user: string): Promise<void> => {
      const answer = await full.inject({
        ...{ method: 'POST', url, headers: { host: 'localhost' } },
        payload: { ...payload, requests: [{ id: 'x', user, items }] },
      });
      expect([answer.statusCode, answer.json().code]).toEqual([503, 'overloaded']);
    };
    for (let times = 0; times < 3; times++) await refused('/v1/rank', {}, userOf('new'));
    await refused('/v1/generate', { size: 2 }, userOf('old'));
    // One that names its model or is only tried out takes part in nothing; a long one is sent away unread.
    await refused('/v1/rank', { model: 'a' }, userOf('new'));
    await refused('/v1/generate', { note: false }, userOf('new'));
    await refused('/v1/rank', { deadlineMs: 50, ...{ remark: 'x'.repeat(70_000) } }, userOf('new'));
    expect(host.noted).toEqual([]);
    await full.close();
    expect(host.noted.map(({ asked, failed, times, experiments }) => [asked, failed, times, experiments])).toEqual([
      ['rank', 'overloaded', 3, { order: 'new' }],
      ['generate', 'overloaded', 1, { order: 'old' }],
    ]);
  });

  it('notes who has gone before the answer', async () => {
    let isAsked = false;
    host.knobs.before = async (signal) => {
      isAsked = true;
      await new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason), { once: true }));
    };
    const url = await app.listen({ host: '127.0.0.1', port: 0 });
    const gone = new AbortController();
    const body = JSON.stringify({ requests: [{ id: 'x', user: userOf('new'), items }] });
    const asking = fetch(`${url}/v1/generate`, {
      ...{ method: 'POST', body, signal: gone.signal, headers: { 'content-type': 'application/json' } },
    });
    await vi.waitFor(() => expect(isAsked).toBe(true), { timeout: 20_000 });
    gone.abort();
    await expect(asking).rejects.toThrow();
    await vi.waitFor(() => expect(host.noted).toHaveLength(1), { timeout: 20_000 });
    expect(host.noted).toMatchObject([
      { id: 'x', cancelled: true, items: [], experiments: { order: 'new' }, model: 'b' },
    ]);
    await app.close();
  });
});
