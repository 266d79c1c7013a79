import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drinksModel, type MemoryHost, memoryHost } from '../../../test/memory-host.ts';
import type { ListModel } from '../../live/list-model.ts';
import { createServer } from './create-server.ts';

let model: ListModel;
let host: MemoryHost;
let app: FastifyInstance;

beforeAll(async () => {
  model = await drinksModel();
  host = memoryHost({ a: model, b: model });
  app = createServer(host, { searchMs: 500, afterMs: 100 }).app;
});
afterAll(async () => {
  await app.close();
  await model.close();
});

const post = (url: string, payload: object, headers: Record<string, string> = {}): Promise<LightMyRequestResponse> =>
  app.inject({ method: 'POST', url, payload, headers: { host: 'localhost', ...headers } });
const get = (url: string): Promise<LightMyRequestResponse> => app.inject({ url, headers: { host: 'localhost:8080' } });

const requests = [{ user: 'u1', items: ['small', 'medium', 'large'] }];

describe('asking', () => {
  it('scores lists in their order', async () => {
    const response = await post('/v1/score', { requests: [...requests, { id: 'mine', items: ['large'] }] });
    expect(response.statusCode).toBe(200);
    const { model, sequence, lists } = response.json();
    expect([model, sequence]).toEqual(['a', host.sequence]);
    expect(lists.map(({ request }: { request: string }) => request)).toEqual(['request 1', 'mine']);
    expect(lists[0].items.map(({ item }: { item: string }) => item)).toEqual(['small', 'medium', 'large']);
    for (const { probability } of lists[0].items) expect(probability).toBeGreaterThan(0);
  });

  it('ranks the same items best first', async () => {
    const [scored] = (await post('/v1/score', { requests })).json().lists;
    const [ranked] = (await post('/v1/rank', { requests })).json().lists;
    const byRank = scored.items.toSorted((a: { rank: number }, b: { rank: number }) => a.rank - b.rank);
    expect(ranked).toEqual({ ...scored, items: byRank });
    expect(ranked.items.map(({ rank }: { rank: number }) => rank)).toEqual([1, 2, 3]);
  });

  it('composes lists by rules', async () => {
    const response = await post('/v1/generate', { requests, size: 2, rules: { exclude: ['medium'] }, alternatives: 1 });
    expect(response.json()).toMatchObject({ model: 'a' });
    const { slates } = response.json().lists[0];
    expect(slates).toHaveLength(2);
    for (const { items } of slates)
      expect(items.map(({ item }: { item: string }) => item).toSorted()).toEqual(['large', 'small']);
  });

  it('explains a list', async () => {
    const { items, influence } = (await post('/v1/explain', { requests })).json().lists[0];
    expect(items.map(({ item }: { item: string }) => item)).toEqual(['small', 'medium', 'large']);
    expect(influence[0][0]).toBeNull();
    expect(influence[0][1]).toBeTypeOf('number');
  });

  it('answers a list without items as one, beside others', async () => {
    const both = { requests: [{ items: [] }, ...requests] };
    for (const route of ['score', 'rank', 'generate', 'explain']) {
      const response = await post(`/v1/${route}`, both);
      expect(response.statusCode, response.body).toBe(200);
      const [empty, full] = response.json().lists;
      expect([empty.request, full.request]).toEqual(['request 1', 'request 2']);
      expect(empty.items ?? empty.slates[0].items).toEqual([]);
      expect((full.items ?? full.slates[0].items).length).toBeGreaterThan(0);
    }
  });

  it('answers users and items that nobody knows', async () => {
    const unknown = { requests: [{ user: 'nobody', items: ['x', 'y'] }] };
    for (const route of ['score', 'rank', 'generate', 'explain'])
      expect((await post(`/v1/${route}`, unknown)).statusCode).toBe(200);
  });

  it('answers a thousand candidates', async () => {
    const items = Array.from({ length: 1000 }, (_, n) => `i${n}`);
    expect((await post('/v1/rank', { requests: [{ items }] })).json().lists[0].items).toHaveLength(1000);
    const made = await post('/v1/generate', { requests: [{ items }], size: 3, generator: 'top' });
    expect(made.json().lists[0].slates[0].items).toHaveLength(3);
    expect((await post('/v1/explain', { requests: [{ items }] })).json()).toMatchObject({ code: 'invalid-request' });
  });

  it('names a model, and says which there are', async () => {
    expect((await post('/v1/score', { model: 'b', requests })).json().model).toBe('b');
    const { active, models } = (await get('/v1/models')).json();
    expect([active, models.map(({ name }: { name: string }) => name)]).toEqual(['a', ['a', 'b']]);
  });
});

describe('telling', () => {
  it('takes one event or many, and says which not', async () => {
    const events = [
      { event: 'ranking', id: 'page 1', user: 'u7', items: ['small', 'large'] },
      { event: 'interaction', ranking: 'page 1', item: 'large', type: 'click', id: 'c1' },
      { event: 'interaction', ranking: 'nowhere', item: 'large', type: 'click', id: 'c2' },
      { event: 'interaction', ranking: 'page 1', item: 'large', type: 'click', id: 'c1' },
    ];
    const before = host.sequence;
    const answer = (await post('/v1/events', events)).json();
    expect(answer).toMatchObject({
      sequence: before + 2,
      taken: 3,
      rejected: 1,
      outcomes: [{ applied: 'taken' }, { applied: 'taken' }, { code: 'unknown-list' }, { applied: 'again' }],
    });
    const one = await post('/v1/events', { event: 'user', user: 'u7', fields: { age: '20s' } });
    expect(one.json()).toMatchObject({ taken: 1, rejected: 0 });
  });

  it('takes a list once that was sent without a time, whenever it is sent again', async () => {
    const list = { event: 'ranking', id: 'page 2', user: 'u7', items: ['small', 'large'] };
    const applied = async (event: object): Promise<unknown> =>
      (await post('/v1/events', event)).json().outcomes[0].applied;
    expect(await applied(list)).toBe('taken');
    expect(await applied(list)).toBe('again');
    expect(await applied({ ...list, items: [{ id: 'small' }, { id: 'large' }] })).toBe('again');
    expect(await applied({ ...list, items: ['large', 'small'] })).toBe('taken');
    expect(await applied({ ...list, time: Date.now() })).toBe('taken');
  });

  it('is waited for by an answer that asks for it, within bounds', async () => {
    const next = host.sequence + 1;
    const waiting = post(`/v1/score?after=${next}`, { requests });
    await post('/v1/events', { event: 'user', user: 'u8', fields: { age: '20s' } });
    expect((await waiting).json().sequence).toBe(next);
    const never = await post(`/v1/score?after=${next + 100}`, { requests });
    expect(never.statusCode).toBe(503);
    expect(never.headers['retry-after']).toBe('1');
    expect(never.json().code).toBe('sequence-not-reached');
  });

  it('is refused where the journal cannot be written; answers go on', async () => {
    host.knobs.fault = 'the journal: expected room on the disk, found none; make room';
    const refused = await post('/v1/events', { event: 'user', user: 'u8' });
    expect([refused.statusCode, refused.json().code]).toEqual([503, 'journal-unavailable']);
    expect(refused.headers['retry-after']).toBe('5');
    expect((await post('/v1/score', { requests })).statusCode).toBe(200);
    const ready = await get('/health/ready');
    expect([ready.statusCode, ready.json().journal]).toEqual([200, host.knobs.fault]);
    host.knobs.fault = undefined;
  });
});

describe('ruling', () => {
  it('lets another model answer, and none that is not there', async () => {
    expect((await post('/v1/models/b/activate', {})).json()).toMatchObject({ name: 'b', state: 'active' });
    expect((await post('/v1/score', { requests })).json().model).toBe('b');
    await post('/v1/models/a/activate', {});
    const unknown = await post('/v1/models/c/activate', {});
    expect(unknown.statusCode).toBe(404);
  });

  it('forgets a person', async () => {
    await post('/v1/events', { event: 'user', user: 'a/b c', fields: { age: '20s' } });
    const erase = (): Promise<LightMyRequestResponse> =>
      app.inject({ method: 'DELETE', url: `/v1/users/${encodeURIComponent('a/b c')}`, headers: { host: 'localhost' } });
    expect((await erase()).json()).toEqual({ erased: true });
    expect((await erase()).json()).toEqual({ erased: false });
  });
});

describe('watching', () => {
  it('says that it lives, and when it is ready', async () => {
    expect((await get('/health/live')).json()).toEqual({ live: true });
    expect((await get('/health/ready')).json()).toMatchObject({ ready: true, journal: 'open' });
    host.knobs.isReady = false;
    expect((await get('/health/ready')).statusCode).toBe(503);
    const early = await post('/v1/score', { requests });
    expect([early.statusCode, early.json().code, early.headers['retry-after']]).toEqual([503, 'not-ready', '2']);
    host.knobs.isReady = true;
  });

  it('tells what it is by a document and a page', async () => {
    expect((await get('/openapi.json')).json()).toMatchObject({ openapi: '3.1.0' });
    const page = await get('/docs');
    expect(page.headers['content-type']).toContain('text/html');
    expect(page.body).toContain('POST /v1/score');
    expect(page.body).not.toMatch(/<script|https?:\/\//);
  });

  it('counts', async () => {
    const text = (await get('/metrics')).body;
    expect(text).toMatch(/slatewise_request_duration_seconds_count\{route="\/v1\/score",model="a",status="200"\} \d/);
    expect(text).toMatch(/slatewise_request_errors_total\{route="\/v1\/events",code="journal-unavailable"\} 1/);
    expect(text).toContain('slatewise_events_total{outcome="unknown-list"} 1');
    for (const name of ['memory_users', 'lag_events', 'journal_open', 'event_loop_delay_seconds', 'queue_waiting'])
      expect(text).toContain(`slatewise_${name}`);
  });
});

describe('a request that is as described', () => {
  it('and cannot be answered all the same, is told so apart from one that is not', async () => {
    const faultOf = async (url: string, payload: object): Promise<unknown> => {
      const response = await post(url, payload);
      return [response.statusCode, response.json().code];
    };
    const pinned = { requests, rules: { pin: [{ item: 'huge', position: 0 }] } };
    expect(await faultOf('/v1/generate', pinned)).toEqual([422, 'rules-cannot-hold']);
    expect(await faultOf('/v1/generate', { requests, page: 1 })).toEqual([422, 'invalid-option']);
    const time = '2030-01-01T00:00:00Z';
    expect(await faultOf('/v1/score', { requests: [{ items: ['small'], time, timestamp: time }] })).toEqual([
      422,
      'bad-timestamp',
    ]);
    expect(await faultOf('/v1/score', { requests: [{ items: ['small', 'small'] }] })).toEqual([
      422,
      'item-twice-in-slate',
    ]);
    for (const wrong of ['yesterday', '', -1, 8e12, '1e3'])
      expect(await faultOf('/v1/score', { requests: [{ items: ['small'], time: wrong }] })).toEqual([
        400,
        'invalid-request',
      ]);
    for (const right of ['2030-01-01', '2030-01-01 10:20', time, '1900000000000', 1_900_000_000_000])
      expect((await post('/v1/score', { requests: [{ items: ['small'], time: right }] })).statusCode).toBe(200);
    expect(await faultOf('/v1/generate', { requests, objective: 'click' })).toEqual([400, 'invalid-request']);
  });
});

describe('what is no event', () => {
  const click = '{"event": "interaction", "ranking": "p", "item": "small", "type": "click"}';
  it.each([
    [`{"events": [${click}]}`, /found an object with a key "events"; send what is in it by itself$/],
    ['[]', /^the body: expected at least one event, found an empty list/],
    [`[[${click}]]`, /^the body: 0: expected an event, an object such as/],
    ['"click"', /^the body: expected an event such as \{.*\}, or a list of them in \[ \], found a string/],
    ['null', /or a list of them in \[ \], found null/],
    [
      `${click}\n${click}`,
      /^the body: expected one text of JSON, found several, one a line; send them as a list in \[ \]$/,
    ],
  ])('is refused with a sentence that says how events are sent: %s', async (payload, sentence) => {
    const headers = { host: 'localhost', 'content-type': 'application/json' };
    const response = await app.inject({ method: 'POST', url: '/v1/events', payload, headers });
    expect(response.statusCode).toBe(400);
    expect(response.json().message).toMatch(sentence);
  });

  it('is told which keys it has, where it does not say which event it is', async () => {
    const response = await post('/v1/events', { data: [JSON.parse(click)] });
    expect(response.json().outcomes[0].message).toBe(
      'expected "event" to be one of item, user, ranking, interaction, found no such key beside "data"',
    );
  });
});
