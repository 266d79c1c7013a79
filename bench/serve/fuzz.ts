/**
 * Requests of every kind, sound ones from the server's own description and hostile ones: none may bring a fault of the server, a stack trace, a hang, or an answer that the
 * description does not have.
 *
 *     npx tsx -C slatewise-source bench/serve/fuzz.ts [--runs 10000] [--seed 1]
 */
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { createServer } from '../../src/serve/http/create-server.ts';
import { checkAnswer } from '../../test/check-answer.ts';
import { drinksModel, memoryHost } from '../../test/memory-host.ts';
import { type Described, fuzzRequests } from '../../test/serve-fuzz.ts';

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '10000' }, seed: { type: 'string', default: '1' } },
});
const model = await drinksModel();
const { app } = createServer(memoryHost({ a: model }), { searchMs: 50, afterMs: 5 });
const document = (await app.inject({ url: '/openapi.json', headers: { host: 'localhost' } })).json() as Described;
const counts: Record<string, number> = {};
const started = performance.now();
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
const seconds = (performance.now() - started) / 1000;
process.stdout.write(
  `${values.runs} requests of seed ${values.seed} in ${seconds.toFixed(0)} s, by status: ${JSON.stringify(counts)}; the slowest took ${slowest.ms.toFixed(0)} ms: ${slowest.url}\n`,
);
await app.close();
await model.close();
