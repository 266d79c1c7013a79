import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ListModel } from '../src/live/list-model.ts';
import { createServer, type Server } from '../src/serve/http/create-server.ts';
import { checkAnswer } from './check-answer.ts';
import { drinksModel, memoryHost } from './memory-host.ts';
import { type Described, fuzzRequests } from './serve-fuzz.ts';

let model: ListModel;
let server: Server;
let document: Described;

beforeAll(async () => {
  model = await drinksModel();
  server = createServer(memoryHost({ a: model }), { searchMs: 50, afterMs: 5 });
  document = (await server.app.inject({ url: '/openapi.json', headers: { host: 'localhost' } })).json();
});
afterAll(async () => {
  await server.app.close();
  await model.close();
});

it('no request brings a fault of the server, a stack trace, or an answer that the description does not have', async () => {
  const statuses = new Map<number, number>();
  await fc.assert(
    fc.asyncProperty(fuzzRequests(document), async (request) => {
      const status = await checkAnswer(server.app, request, document);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }),
    { numRuns: 300, seed: 17 },
  );
  // Some were understood, and some were not: a test of either alone would tell little.
  expect(statuses.get(200)).toBeGreaterThan(30);
  expect(statuses.get(400)).toBeGreaterThan(30);
});
