/**
 * Requests of every kind, sound ones from the server's own description and hostile ones: none may bring a fault of the server, a stack trace, a hang, or an answer that the
 * description does not have.
 *
 *     npx tsx -C slatewise-source bench/serve/fuzz.ts [--runs 10000] [--seed 1] [--out bench/results]
 */
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { createServer } from '../../src/serve/http/create-server.ts';
import { checkAnswer } from '../../test/check-answer.ts';
import { drinksModel, memoryHost } from '../../test/memory-host.ts';
import { type Described, fuzzRequests } from '../../test/serve-fuzz.ts';
import { thisMachine } from '../machine.ts';
import { tellResult } from './tell-result.ts';

const { values } = parseArgs({
  options: {
    ...{ runs: { type: 'string', default: '10000' }, seed: { type: 'string', default: '1' } },
    out: { type: 'string' },
  },
});
const run = { started: new Date(), machine: thisMachine(), out: values.out };
const model = await drinksModel();
const { app } = createServer(memoryHost({ a: model }), { searchMs: 50, afterMs: 5 });
const document = (await app.inject({ url: '/openapi.json', headers: { host: 'localhost' } })).json() as Described;
const counts: Record<string, number> = {};
let slowest = { ms: 0, url: '' };
await fc.assert(
  fc.asyncProperty(fuzzRequests(document), async (request) => {
    const begun = performance.now();
    const status = await checkAnswer(app, request, document);
    const ms = performance.now() - begun;
    if (ms > slowest.ms) slowest = { ms, url: `${request.method} ${request.path}` };
    counts[status] = (counts[status] ?? 0) + 1;
  }),
  { numRuns: Number(values.runs), seed: Number(values.seed) },
);
await tellResult(
  'serve-fuzz',
  { requests: Number(values.runs), seed: Number(values.seed), byStatus: counts, slowest },
  run,
);
await app.close();
await model.close();
