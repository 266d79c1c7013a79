/**
 * Events a second that replicas acknowledge over one Redis: each replica has so many callers, who send one call after the other. At the end all must know the same.
 *
 *     node scripts/redis.mjs npx tsx -C slatewise-source bench/serve/replicas.ts [replicas: 1] [callers: 32] [events a call: 10] [seconds: 10] [durability: disk]
 */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHost } from '../../src/serve/host/create-host.ts';
import type { ArrivingEvent, Host } from '../../src/serve/host.ts';
import { modelsFolder } from '../../test/served-models.ts';
import { thisMachine } from '../machine.ts';

const [count = 1, callers = 32, size = 10, seconds = 10] = process.argv.slice(2, 6).map(Number);
const durability = process.argv[6] === 'process' ? 'process' : 'disk';
const url = process.env.SLATEWISE_REDIS_URL;
if (url === undefined) throw new Error('SLATEWISE_REDIS_URL: expected an address, found none; node scripts/redis.mjs');
const models = await modelsFolder('a');
const folder = await mkdtemp(join(tmpdir(), 'bench-replicas-'));
const hosts: Host[] = [];
for (let at = 0; at < count; at++)
  hosts.push(
    await createHost({
      ...{ models, journal: `${url}?journal=bench`, snapshots: join(folder, String(at)), durability },
      warn: (message) => void process.stderr.write(`${message}\n`),
    }),
  );

const until = performance.now() + 1000 * seconds;
const waits: number[] = [];
let acknowledged = 0;

async function call(host: Host, caller: string): Promise<void> {
  for (let round = 0; performance.now() < until; round++) {
    const events = Array.from({ length: size }, (_, k): ArrivingEvent => {
      const id = `${caller}-${round}-${k}`;
      const list = { event: 'ranking', id, time: Date.now(), user: `u${k}`, items: ['small', 'medium', 'large'] };
      return { id, event: list };
    });
    const began = performance.now();
    const { outcomes } = await host.observe(events);
    waits.push(performance.now() - began);
    acknowledged += outcomes.filter((outcome) => outcome.taken && outcome.applied !== 'again').length;
  }
}

await Promise.all(hosts.flatMap((host, at) => Array.from({ length: callers }, (_, k) => call(host, `${at}-${k}`))));
const last = Math.max(...hosts.map((host) => host.sequence));
const reached = await Promise.all(hosts.map((host) => host.reached(last, 10_000)));
const asked = [{ id: 'q', user: 'u1', time: Date.now(), items: ['small', 'medium', 'large'] }];
const answers = await Promise.all(hosts.map((host) => host.model().score(asked)));
const sorted = waits.sort((a, b) => a - b);
const quantile = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))];
const result = {
  ...{ replicas: count, callers, eventsACall: size, seconds, durability, acknowledged },
  acknowledgedASecond: Math.round(acknowledged / seconds),
  milliseconds: { p50: quantile(0.5), p99: quantile(0.99) },
  entries: last,
  allReached: reached.every(Boolean),
  answersAreTheSame: answers.every((answer) => JSON.stringify(answer) === JSON.stringify(answers[0])),
};
console.log(JSON.stringify({ machine: thisMachine(), result }, null, 2));
await Promise.all(hosts.map((host) => host.close()));
process.exitCode = result.allReached && result.answersAreTheSame && last === acknowledged ? 0 : 1;
