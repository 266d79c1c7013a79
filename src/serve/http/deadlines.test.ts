import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { drinksModel, type MemoryHost, memoryHost } from '../../../test/memory-host.ts';
import type { ListModel } from '../../live/list-model.ts';
import { createServer } from './create-server.ts';

let model: ListModel;
let host: MemoryHost;
let app: FastifyInstance;

beforeAll(async () => {
  model = await drinksModel();
  host = memoryHost({ a: model });
  app = createServer(host, { asking: { running: 1, waiting: 3, ofOneClient: 4 }, searchMs: 400 }).app;
});
afterEach(() => {
  host.knobs.before = async () => {};
  host.searches.length = 0;
});
afterAll(async () => {
  await app.close();
  await model.close();
});

const post = (url: string, payload: object): Promise<LightMyRequestResponse> =>
  app.inject({ method: 'POST', url, payload, headers: { host: 'localhost' } });
const requests = [{ user: 'u1', items: ['small', 'medium', 'large'] }];

/** Every call waits until it is let go. */
function hold(): { readonly letGo: () => void; readonly begun: () => number } {
  let letGo = (): void => {};
  let begun = 0;
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  host.knobs.before = () => {
    begun++;
    return held;
  };
  return { letGo, begun: () => begun };
}

describe('a deadline', () => {
  it('that passes is answered with the order that was given, and says so', async () => {
    const { letGo } = hold();
    for (const route of ['score', 'rank']) {
      const [list] = (await post(`/v1/${route}`, { requests, deadlineMs: 20 })).json().lists;
      expect(list).toEqual({
        request: 'request 1',
        fallback: 'given-order',
        expectedClicks: null,
        anyClick: null,
        items: ['small', 'medium', 'large'].map((item, at) => ({ item, probability: null, rank: at + 1 })),
      });
    }
    const [made] = (await post('/v1/generate', { requests, deadlineMs: 20, size: 2 })).json().lists;
    expect(made).toMatchObject({ fallback: 'given-order', slates: [{ value: null }] });
    expect(made.slates[0].items.map(({ item }: { item: string }) => item)).toEqual(['small', 'medium']);
    letGo();
  });

  it('that leaves no time to keep rules, or to explain, is told', async () => {
    const { letGo } = hold();
    const rules = await post('/v1/generate', { requests, deadlineMs: 20, rules: { exclude: ['small'] } });
    expect([rules.statusCode, rules.json().code]).toEqual([503, 'deadline-passed']);
    expect((await post('/v1/explain', { requests, deadlineMs: 20 })).json().code).toBe('deadline-passed');
    letGo();
  });

  it('of which the queue has eaten most leads to a cheaper generator', async () => {
    const { letGo, begun } = hold();
    const first = post('/v1/score', { requests });
    await expect.poll(begun).toBe(1);
    const second = post('/v1/generate', { requests, deadlineMs: 2000, size: 2 });
    await new Promise((resolve) => setTimeout(resolve, 1100));
    letGo();
    await first;
    const [list] = (await second).json().lists;
    expect(list).toMatchObject({ fallback: 'top', generator: 'top' });
    expect(host.searches).toMatchObject([{ generator: 'top' }]);
  });

  it('is one that searches end by, given or not', async () => {
    await post('/v1/generate', { requests, deadlineMs: 1000, size: 2 });
    await post('/v1/generate', { requests, size: 2, generator: 'greedy' });
    const [given, usual] = host.searches as { readonly deadline: number; readonly generator?: string }[];
    expect(given.deadline).toBeGreaterThan(300);
    expect(given.deadline).toBeLessThanOrEqual(800);
    expect(usual).toMatchObject({ generator: 'greedy' });
    expect(usual.deadline).toBeLessThanOrEqual(320);
  });
});

describe('too many calls', () => {
  it('are sent away at once, and told when to come again; the others are answered', async () => {
    const { letGo, begun } = hold();
    const calls = Array.from({ length: 10 }, () => post('/v1/score', { requests }));
    await expect.poll(begun).toBe(1);
    letGo();
    const answers = await Promise.all(calls);
    const statuses = answers.map(({ statusCode }) => statusCode);
    expect(statuses.filter((status) => status === 200)).toHaveLength(4);
    expect(statuses.filter((status) => status === 503 || status === 429)).toHaveLength(6);
    for (const { statusCode, headers, body } of answers)
      if (statusCode !== 200) {
        expect(headers['retry-after']).toBe('1');
        expect(['overloaded', 'too-many-at-once']).toContain(JSON.parse(body).code);
      }
    expect((await post('/v1/score', { requests })).statusCode).toBe(200);
  });
});

describe('too many events', () => {
  it('are sent away before they are read, while answers go on; nothing of them is taken', async () => {
    const served = memoryHost({ a: model });
    let letGo = (): void => {};
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const observe = served.observe.bind(served);
    served.observe = async (events) => {
      await held;
      return observe(events);
    };
    await using full = createServer(served, { telling: { running: 1, waiting: 1, ofOneClient: 5 } }).app;
    const call = (url: string, payload: object): Promise<LightMyRequestResponse> =>
      full.inject({ method: 'POST', url, payload, headers: { host: 'localhost' } });
    const tell = (id: number): Promise<LightMyRequestResponse> =>
      call('/v1/events', { event: 'user', user: 'u1', id, fields: {} });
    const calls = [1, 2, 3, 4].map(tell);
    const refused = await Promise.race(calls);
    expect([refused.statusCode, refused.json().code, refused.headers['retry-after']]).toEqual([503, 'overloaded', '1']);
    expect((await call('/v1/score', { requests })).statusCode).toBe(200);
    letGo();
    const statuses = (await Promise.all(calls)).map(({ statusCode }) => statusCode);
    expect(statuses.toSorted()).toEqual([200, 200, 503, 503]);
    expect(served.arrived).toHaveLength(2);
  });
});

describe('a fault of the server', () => {
  it('is told without a word of it', async () => {
    host.knobs.before = async () => {
      throw new TypeError('secret of the house');
    };
    const response = await post('/v1/score', { requests });
    expect([response.statusCode, response.json().code]).toEqual([500, 'internal']);
    expect(response.body).not.toContain('secret');
  });
});
