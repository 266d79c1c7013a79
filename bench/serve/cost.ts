/**
 * Processor time of an answer: what the server's process used over a fixed number of requests, one after the other, so that a machine with other work can tell it too.
 *
 *     npm run build
 *     npx tsx bench/serve/cost.ts [--requests 500] [--users 5000] [--sizes 25,100,300] [--folder runs/serve-bench]
 *
 * Every request comes with two events, as at 100 requests and 200 events a second. The events alone are measured first, and their share is taken away.
 */
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Asked } from './open-loop.ts';
import { firstVisits, type Market, scoring, telling } from './requests.ts';
import { startServer } from './server-process.ts';
import { trainServed } from './train-served.ts';

const { values: options } = parseArgs({
  options: {
    requests: { type: 'string', default: '500' },
    users: { type: 'string', default: '5000' },
    items: { type: 'string', default: '2000' },
    sizes: { type: 'string', default: '25,100,300' },
    port: { type: 'string', default: '18081' },
    folder: { type: 'string', default: 'runs/serve-bench' },
  },
});
const EVENTS_A_REQUEST = 2;
const market: Market = { users: Number(options.users), items: Number(options.items) };
const requests = Number(options.requests);
const port = Number(options.port);
const agent = new Agent({ keepAlive: true, maxSockets: 1 });
const models = join(options.folder, 'models', 'bench');
if (!existsSync(models)) await trainServed(models, { ...market, folder: options.folder });
const journal = join(options.folder, 'journal-cost');
await rm(journal, { recursive: true, force: true });
const server = await startServer({ models, journal, port });

try {
  await report();
} finally {
  agent.destroy();
  await server.stop();
}

async function report(): Promise<void> {
  for (const visits of firstVisits(market, 500)) await sent(visits);
  // What is compiled while it runs costs more at first.
  const [warm, warmEvents] = [scoring(market, 100, 'warm'), telling(market, 'warm')];
  for (let at = 0; at < 300; at++) for (const asked of [warm(at), warmEvents()]) await sent(asked);
  const alone = (await measured('alone', undefined)) / EVENTS_A_REQUEST;
  console.log(`events: ${alone.toFixed(2)} ms of processor time each`);
  for (const size of options.sizes.split(',').map(Number)) {
    const own = (await measured(`beside ${size}`, scoring(market, size, `score ${size}`))) - EVENTS_A_REQUEST * alone;
    console.log(`${size} items: ${own.toFixed(2)} ms of processor time a request`);
  }
}

/** Milliseconds of the server's processor time a request, its events with it. */
async function measured(name: string, next: ((at: number) => Asked) | undefined): Promise<number> {
  const events = telling(market, name);
  const before = await server.usage();
  for (let at = 0; at < requests; at++) {
    if (next) await sent(next(at));
    for (let e = 0; e < EVENTS_A_REQUEST; e++) await sent(events());
  }
  const after = await server.usage();
  return (1000 * (after.cpu - before.cpu)) / requests;
}

/** Rejects where it was not answered as it should be: a refusal costs less than an answer. */
function sent({ path, body }: Asked): Promise<void> {
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
  return new Promise((resolve, reject) => {
    const asked = request({ agent, port, host: '127.0.0.1', method: 'POST', path, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      response.on('end', () => {
        if (response.statusCode === 200 && !/"rejected":[1-9]/.test(text)) resolve();
        else reject(new Error(`${path}: ${response.statusCode} ${text.slice(0, 300)}`));
      });
    });
    asked.on('error', reject);
    asked.end(body);
  });
}
