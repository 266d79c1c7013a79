/** Requests as the documentation of Metarank's API has them, sent as its examples send them. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drinksModel, type MemoryHost, memoryHost } from '../../../test/memory-host.ts';
import type { ListModel } from '../../live/list-model.ts';
import type { ErrorAnswer } from '../client/answer-types.ts';
import type { MetarankRankAnswer } from '../client/metarank-types.ts';
import { type RunningServer, startServer } from '../http/start-server.ts';

let model: ListModel;
let host: MemoryHost;
let server: RunningServer;

beforeAll(async () => {
  model = await drinksModel();
  host = memoryHost({ xgboost: model });
  server = await startServer(host, { port: 0 });
});
afterAll(async () => {
  await server.stop();
  await model.close();
});

/** `curl <url> -d '<text>'`: a form's content type, unless a header says otherwise. */
async function curl(path: string, text: string, type = 'application/x-www-form-urlencoded'): Promise<Response> {
  return fetch(`${server.url}${path}`, { method: 'POST', body: text, headers: { 'content-type': type } });
}

/** Of a ranking. */
const ranked = async (response: Promise<Response>): Promise<MetarankRankAnswer> =>
  (await (await response).json()) as MetarankRankAnswer;

const ranking = {
  event: 'ranking',
  id: 'id1',
  items: [{ id: 'small' }, { id: 'medium' }, { id: 'large' }],
  user: 'alice',
  session: 'alice1',
  timestamp: 1661431892711,
};
const click = {
  event: 'interaction',
  type: 'click',
  id: 'id2',
  ranking: 'id1',
  item: 'medium',
  user: 'alice',
  session: 'alice1',
  timestamp: 1661431896711,
};

describe('POST /rank/{model}', () => {
  it('answers items by score, best first', async () => {
    const response = await curl('/rank/xgboost', JSON.stringify(ranking));
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/json; charset=utf-8']);
    const { took, items, ...rest } = (await response.json()) as MetarankRankAnswer;
    expect(took).toBeTypeOf('number');
    expect(rest).toEqual({});
    const scores = items.map(({ score }) => score);
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
    expect(items.map(({ item }) => item).toSorted()).toEqual(['large', 'medium', 'small']);
    expect(Object.keys(items[0])).toEqual(['item', 'score']);
  });

  it('reads the whole payload of its documentation', async () => {
    const payload = {
      id: '81f46c34-a4bb-469c-8708-f8127cd67d27',
      timestamp: '1599391467000',
      user: 'user1',
      session: 'session1',
      tenant: 'default',
      fields: [
        { name: 'query', value: 'jeans' },
        { name: 'source', value: 'search' },
      ],
      items: [
        { id: 'item3', fields: [{ name: 'relevancy', value: 2.0 }], label: 1 },
        { id: 'item1', fields: [{ name: 'relevancy', value: 1.0 }] },
        { id: 'item2', fields: [{ name: 'relevancy', value: 0.1 }] },
      ],
    };
    const response = await curl('/rank/xgboost', JSON.stringify(payload), 'application/json');
    expect(response.status, await response.clone().text()).toBe(200);
    expect(((await response.json()) as MetarankRankAnswer).items).toHaveLength(3);
  });

  it('takes a user of null for nobody known, and the relevancy of an item wherever it stands', async () => {
    const price = { name: 'price', value: 100 };
    const asked = async (of: object): Promise<unknown> => {
      const response = await curl('/rank/xgboost', JSON.stringify({ ...ranking, ...of }));
      return [response.status, ((await response.json()) as MetarankRankAnswer).items];
    };
    const beside = { user: null, session: null, items: [{ id: 'small', relevancy: 2, fields: [price] }] };
    const among = { user: '', items: [{ id: 'small', fields: [price, { name: 'relevancy', value: 2 }] }] };
    expect(await asked(beside)).toEqual(await asked(among));
    expect(await asked(beside)).toEqual([200, [{ item: 'small', score: expect.any(Number) }]]);
  });

  it('explains where it is asked to, and only there', async () => {
    const explained = await ranked(curl('/rank/xgboost?explain=true', JSON.stringify(ranking)));
    expect(explained.state).toEqual({ session: [], user: [], global: [], item: [] });
    for (const { features = [] } of explained.items) {
      expect(features.length).toBeGreaterThan(0);
      for (const { name, value } of features) expect([typeof name, typeof value]).toEqual(['string', 'number']);
    }
    const plain = await ranked(curl('/rank/xgboost?explain=false', JSON.stringify(ranking)));
    expect(plain.items[0].features).toBeUndefined();
  });

  it('says which models there are where it is another', async () => {
    const response = await curl('/rank/lightgbm', JSON.stringify(ranking));
    expect(response.status).toBe(404);
    expect(((await response.json()) as ErrorAnswer).message).toContain('xgboost');
  });
});

describe('POST /feedback', () => {
  it('takes the events of its examples', async () => {
    const shown = await curl('/feedback', JSON.stringify({ ...ranking, timestamp: 1961431894711 }));
    expect(shown.status).toBe(200);
    expect(await shown.json()).toEqual({ accepted: 1, status: 'ok', tookMillis: expect.any(Number), updated: 1 });
    const clicked = await curl('/feedback', JSON.stringify({ ...click, timestamp: 1961431894811 }));
    expect(await clicked.json()).toMatchObject({ accepted: 1, status: 'ok', updated: 1 });
    expect(host.arrived.at(-1)).toMatchObject({ id: 'id2', event: { event: 'interaction', item: 'medium' } });
  });

  it('takes lists of nobody, with the relevancy of their items', async () => {
    const items = [{ id: 'small', relevancy: 2 }, { id: 'medium', relevancy: null }, { id: 'large' }];
    const list = { ...ranking, id: 'of nobody', user: null, timestamp: 1961431894711, items };
    expect(await (await curl('/feedback', JSON.stringify(list))).json()).toMatchObject({ accepted: 1, updated: 1 });
    expect(host.arrived.at(-1)).toEqual({
      event: expect.objectContaining({
        id: 'of nobody',
        items: [{ id: 'small', fields: [{ name: 'relevancy', value: 2 }] }, { id: 'medium' }, { id: 'large' }],
      }),
    });
    expect(host.arrived.at(-1)?.event).not.toHaveProperty('user');
  });

  it('takes one a line, and a list', async () => {
    const event = (n: number): string =>
      JSON.stringify({
        event: 'user',
        id: `e${n}`,
        timestamp: '1961431894711',
        user: `u${n}`,
        fields: [{ name: 'age', value: 33 }],
      });
    expect(await (await curl('/feedback', `${event(1)}\n${event(2)}`)).json()).toMatchObject({ accepted: 2 });
    expect(await (await curl('/feedback', `[${event(3)},${event(4)}]`, 'application/json')).json()).toMatchObject({
      accepted: 2,
    });
    expect(await (await curl('/feedback', event(1))).json()).toMatchObject({ accepted: 1, updated: 0 });
  });

  it('takes items and users of one id, which Metarank does not read', async () => {
    const about = { id: '81f46c34-a4bb-469c-8708-f8127cd67d27', timestamp: '1961431894711' };
    const item = { ...about, event: 'item', item: 'small', fields: [{ name: 'title', value: 'Small' }] };
    const others = [
      { ...item, item: 'medium' },
      { ...about, event: 'user', user: 'of one id', fields: [] },
    ];
    for (const event of [item, ...others])
      expect(await (await curl('/feedback', JSON.stringify(event))).json()).toMatchObject({ accepted: 1, updated: 1 });
    expect(await (await curl('/feedback', JSON.stringify(item))).json()).toMatchObject({ accepted: 1, updated: 0 });
  });

  it('passes over what a list model has no place for', async () => {
    const purchase = {
      ...{ event: 'interaction', id: 'p1', ranking: 'id1', timestamp: '1961431894911', user: 'alice', session: 's' },
      ...{ type: 'purchase', item: 'medium', tenant: 'default', fields: [{ name: 'count', value: 1 }] },
    };
    expect(await (await curl('/feedback', JSON.stringify(purchase))).json()).toMatchObject({
      accepted: 1,
      status: 'ok',
    });
    const item = {
      ...{ event: 'item', id: 'e', timestamp: '1961431894911', item: 'small' },
      fields: [
        { name: 'title', value: 'Small' },
        { name: 'color', value: ['white', 'black'] },
        { name: 'is_cute', value: true },
      ],
    };
    expect(await (await curl('/feedback', JSON.stringify(item))).json()).toMatchObject({ accepted: 1, status: 'ok' });
  });

  it('says which events it could not use', async () => {
    const lost = await curl('/feedback', JSON.stringify({ ...click, id: 'id3', ranking: 'nowhere' }));
    expect(lost.status).toBe(200);
    expect(await lost.json()).toMatchObject({ accepted: 0, status: 'rejected', rejected: [{ code: 'unknown-list' }] });
  });

  it('takes what curl itself sends', async ({ skip }) => {
    const sent = await promisify(execFile)('curl', ['-s', `${server.url}/feedback`, '-d', JSON.stringify(click)]).catch(
      (error: NodeJS.ErrnoException) => (error.code === 'ENOENT' ? undefined : Promise.reject(error)),
    );
    if (sent === undefined) skip('there is no curl here');
    else expect(JSON.parse(sent.stdout)).toMatchObject({ accepted: 1, status: 'ok' });
  });
});
