import { afterAll, expect, it } from 'vitest';
import { drinksModel, type MemoryHost, memoryHost } from '../../../test/memory-host.ts';
import type { GenerateAnswer } from '../client/answer-types.ts';
import { createServer } from '../http/create-server.ts';
import type { KeptAnswers } from '../load/kept-answers.ts';

const model = await drinksModel();
afterAll(() => model.close());

const list = {
  id: 'l1',
  user: 'u',
  variant: 'b',
  items: ['small', { id: 'medium', fields: { relevancy: 2 } }, 'large'],
};
const explore = { policy: 'plackett-luce', temperature: 1 };

async function asked(answers: KeptAnswers | undefined, calls: readonly (readonly [url: string, payload: unknown])[]) {
  const host = memoryHost({ a: model });
  const { app } = createServer(host, { answers });
  const bodies: unknown[] = [];
  for (const [url, payload] of calls) {
    const response = await app.inject({
      method: 'POST',
      url,
      headers: { host: 'localhost' },
      payload: payload as object,
    });
    expect(response.statusCode, response.body).toBe(200);
    bodies.push(response.json());
  }
  await app.close();
  return { noted: host.noted as MemoryHost['noted'], latest: host.live.recent(50), bodies };
}

it('keeps an explored answer with what it was made from and how probable each item was', async () => {
  const { noted, bodies } = await asked(undefined, [
    ['/v1/generate', { size: 2, explore, rules: { exclude: ['large'] }, requests: [list] }],
  ]);
  const [{ slates, policy }] = (bodies[0] as GenerateAnswer).lists;
  expect(noted).toHaveLength(1);
  const [{ took, time, ...answer }] = noted;
  expect(took).toBeGreaterThan(0);
  expect(answer).toEqual({
    ...{ id: 'l1', user: 'u', variant: 'b', fields: {}, asked: 'generate', model: 'a', policy },
    ...{ generator: 'beam+swap', objective: 'clicks', rules: { exclude: ['large'] } },
    candidates: [
      { id: 'small', fields: {} },
      { id: 'medium', fields: { relevancy: 2 } },
      { id: 'large', fields: {} },
    ],
    propensity: slates[0].propensity,
    items: slates[0].items.map(({ item, position: _, ...told }) => ({ id: item, ...told })),
  });
});

it('gives an explored request an id, which the shown list can name', async () => {
  const { noted, bodies } = await asked(undefined, [['/v1/generate', { explore, requests: [{ items: list.items }] }]]);
  const [{ request }] = (bodies[0] as { lists: readonly { request: string }[] }).lists;
  expect(request).toMatch(/^[0-9a-f-]{36}$/);
  expect(noted.map(({ id }) => id)).toEqual([request]);
});

it('keeps nothing of what is only tried out, and shows it among no last lists', async () => {
  const tried = { requests: [list], note: false };
  const { noted, latest, bodies } = await asked('all', [
    ['/v1/generate', { ...tried, asIf: { small: { price: 1 } } }],
    ['/v1/generate', { ...tried, explore }],
    ['/v1/rank', tried],
    ['/v1/score', tried],
    ['/v1/rank', { requests: [{ ...list, id: 'shown' }], note: true }],
  ]);
  expect(bodies.map((body) => (body as GenerateAnswer).lists.length)).toEqual([1, 1, 1, 1, 1]);
  expect(noted.map(({ id }) => id)).toEqual(['shown']);
  expect(latest.map(({ request }) => request.id)).toEqual(['shown']);
});

it('keeps the rules of a request without an id, too', async () => {
  const rules = { exclude: ['large'] };
  const { noted } = await asked(undefined, [['/v1/generate', { size: 1, rules, requests: [{ items: list.items }] }]]);
  expect(noted).toMatchObject([{ rules, asked: 'generate', model: 'a' }]);
});

const calls = [
  ['/v1/generate', { requests: [list] }],
  ['/v1/generate', { explore, requests: [list] }],
  ['/v1/rank', { requests: [list, { items: ['small'] }, { id: 'empty', items: [] }] }],
  ['/v1/score', { requests: [list] }],
  ['/rank/a', { id: 'm1', user: 'u', items: [{ id: 'small' }, { id: 'large' }] }],
] as const;

it.each([
  ['explored', ['generate l1 drawn']],
  ['none', []],
  [undefined, ['generate l1', 'generate l1 drawn', 'rank l1', 'rank of no id', 'rank m1']],
] as const)('keeps what it is told to: %s', async (answers, expected) => {
  const { noted } = await asked(answers, calls);
  expect(
    noted.map(
      ({ asked: how, id, propensity }) => `${how} ${id.length === 36 ? 'of no id' : id}${propensity ? ' drawn' : ''}`,
    ),
  ).toEqual(expected);
});
