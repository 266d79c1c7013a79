/**
 * How fast a server answers, and what it does when it is asked for more than it can: one core for the server, one for those who ask.
 *
 *     npm run build
 *     npx tsx bench/serve/load.ts [--seconds 60] [--warm 20] [--users 100000] [--durability disk,process] [--capacity-minutes 10] [--phases latency,compose,capacity]
 *
 * Every phase has 200 events a second beside it. Requests come at fixed moments whether or not earlier ones were answered; latencies count from those moments. That is why the
 * client is our own: autocannon waits for an answer before it sends the next request of a connection, so a slow server is asked less often, and its queue does not show. The model
 * is attention-bce of one epoch: speed does not depend on how good it is. Its server remembers as many users as are asked for, each with one list and one click. Before the first
 * row of a server everything is asked of it for `--warm` seconds, unmeasured: code that is still being compiled costs twice as much. Processor time of a request is that of the
 * server's process without what the same events took alone. An event that is rejected is told, and counted in its row. Of several durabilities each has a server of its own and
 * names it in its rows; the capacity is that of the first. What is done is in the result's file after every row, so that a run that is stopped leaves it.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { commitNow, processorTicks, resultName, thisMachine } from '../machine.ts';
import { figuresOf, round, stolenSince } from './figures.ts';
import { type Answered, type Asked, openLoop, quantileOf, rejectedIn } from './open-loop.ts';
import { composing, firstVisits, type Market, scoring, telling } from './requests.ts';
import { type ServerProcess, startServer } from './server-process.ts';
import { trainServed } from './train-served.ts';

const { values: options } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    warm: { type: 'string', default: '20' },
    users: { type: 'string', default: '100000' },
    items: { type: 'string', default: '2000' },
    'capacity-minutes': { type: 'string', default: '10' },
    phases: { type: 'string', default: 'latency,compose,capacity' },
    durability: { type: 'string', default: 'disk' },
    port: { type: 'string', default: '18080' },
    folder: { type: 'string', default: 'runs/serve-bench' },
    out: { type: 'string' },
  },
});
const EVENTS_A_SECOND = 200;
const SERVER_CORE = 0;
const CLIENT_CORE = 1;
/** Milliseconds between two looks at the clock. */
const EVENT_LOOP_LOOK = 10;
/** Readings of the resident memory in a phase: it must not grow. */
const RESIDENT_LOOKS = 10;
/** Share of its core that a server uses at most where it is called idle, and milliseconds: between two looks, and until the rows begin whatever it does. */
const IDLE = 0.05;
const SETTLING_LOOK = 3000;
const MOST_SETTLING = 180_000;
const market: Market = { users: Number(options.users), items: Number(options.items) };
const seconds = Number(options.seconds);
const phases = options.phases.split(',');
const started = new Date();
const machine = thisMachine();
const out = options.out ?? fileURLToPath(new URL('../results', import.meta.url));
mkdirSync(out, { recursive: true });
const file = join(out, `serve-${resultName(started, machine)}.json`);

const models = join(options.folder, 'models', 'bench');
if (!existsSync(models)) await trainServed(models, { ...market, folder: options.folder });
const journal = join(options.folder, 'journal');
await rm(journal, { recursive: true, force: true });
const port = Number(options.port);
const SCORED = [
  { size: 25, rate: 100 },
  { size: 100, rate: 100 },
  { size: 300, rate: 20 },
] as const;
const GENERATORS = ['top', 'greedy'] as const;
const durabilities = options.durability.split(',');
let [durability] = durabilities;
let server: ServerProcess = await begun();
execFileSync('taskset', ['-a', '-c', '-p', String(CLIENT_CORE), String(process.pid)]);

const rows: object[] = [];
/** Milliseconds of processor time of an event. */
let eventCost = Number.NaN;
await fill();
for (durability of durabilities) {
  server = await restarted();
  await warm();
  await settle();
  await measure('events alone', {});
  if (phases.includes('latency'))
    for (const { size, rate } of SCORED)
      await measure(`score, ${size} items`, { asking: { rate, next: scoring(market, size, `score ${size}`) } });
  if (phases.includes('compose'))
    for (const generator of GENERATORS)
      await measure(`compose 10 of 100, ${generator}`, {
        asking: { rate: 10, next: composing(market, generator, generator) },
      });
  if (phases.includes('capacity') && durability === durabilities[0]) await capacity();
}
await server.stop();
process.stderr.write(`written to ${file}\n`);

function begun(): Promise<ServerProcess> {
  return startServer({ models, journal, port, core: SERVER_CORE, more: ['--durability', durability] });
}

/** Asks everything that is measured, one kind after the other. */
async function warm(): Promise<void> {
  const asked = [
    ...SCORED.map(({ size, rate }) => ({ rate, next: scoring(market, size, `warm ${size}`) })),
    ...GENERATORS.map((generator) => ({ rate: 10, next: composing(market, generator, `warm ${generator}`) })),
  ];
  const events = telling(market, `warm ${durability}`);
  for (const asking of asked) await load({ asking, events, lasting: Number(options.warm) / asked.length });
}

/** Waits until a server that nobody asks does nothing: after a start it reads the lists of the last day for its figures of drift, beside its answers. */
async function settle(): Promise<void> {
  const begun = performance.now();
  const before = await server.usage();
  for (let share = 1; share > IDLE && performance.now() - begun < MOST_SETTLING; ) {
    const { cpu } = await server.usage();
    await new Promise((resolve) => setTimeout(resolve, SETTLING_LOOK));
    share = ((await server.usage()).cpu - cpu) / (SETTLING_LOOK / 1000);
  }
  row('settled', {
    seconds: round((performance.now() - begun) / 1000),
    cpu: round((await server.usage()).cpu - before.cpu),
  });
}

async function fill(): Promise<void> {
  const begun = performance.now();
  for (const { path, body } of firstVisits(market, 500)) {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    const text = await answer.text();
    // An event that is rejected is answered with 200 too, and a load of them would measure nothing.
    if (!answer.ok || rejectedIn(text) > 0) throw new Error(`the first visits: ${answer.status} ${text.slice(0, 300)}`);
  }
  const rate = (2 * market.users) / ((performance.now() - begun) / 1000);
  row('first visits, 500 events a call', { eventsASecond: Math.round(rate), ...(await server.usage()) });
}

async function restarted(): Promise<ServerProcess> {
  const from = performance.now();
  await server.stop();
  const stopped = performance.now();
  const again = await begun();
  const ready = performance.now() - stopped;
  row('restart', { stopMs: Math.round(stopped - from), readyMs: Math.round(ready), ...(await again.usage()) });
  return again;
}

interface Asking {
  readonly rate: number;
  readonly next: (at: number) => Asked;
}

interface Phase {
  /** Left out: events alone. */
  readonly asking?: Asking;
  readonly seconds?: number;
}

interface Load {
  readonly asking: Asking | undefined;
  readonly events: () => Asked;
  /** Seconds. */
  readonly lasting: number;
}

/** Events, and what is asked beside them. */
function load({ asking, events, lasting }: Load): Promise<readonly Answered[]> {
  return Promise.all([
    openLoop({ rate: EVENTS_A_SECOND, seconds: lasting, port, next: events }),
    ...(asking ? [openLoop({ ...asking, seconds: lasting, port })] : []),
  ]);
}

/** With events beside it; the first seconds are not counted. */
async function measure(name: string, { asking, seconds: length = seconds }: Phase): Promise<Answered> {
  const events = telling(market, `${name} ${asking?.rate ?? 0} ${durability}`);
  await load({ asking, events, lasting: Math.min(5, length) });
  const before = await server.usage();
  const ticks = processorTicks();
  const resident = server.watchResident(length / RESIDENT_LOOKS);
  const [told, answered = told] = await load({ asking, events, lasting: length });
  const after = await server.usage();
  if (told.rejected > 0) process.stderr.write(`${name}: ${told.rejected} events were rejected\n`);
  const cpu = after.cpu - before.cpu;
  row(name, {
    ...(asking ? { rate: asking.rate, asked: figuresOf(answered) } : {}),
    seconds: length,
    events: { ...figuresOf(told), rejected: told.rejected },
    ...costOf(cpu, { told, asked: asking && answered }),
    cpuShare: round(cpu / length),
    ...stolenSince(ticks),
    residentMiB: resident.end(),
    // What is measured there is from one look at the clock to the next.
    eventLoopLateMs: {
      p99: round(1000 * after.eventLoopP99 - EVENT_LOOP_LOOK),
      most: round(1000 * after.eventLoopMost),
    },
  });
  return answered;
}

/** Milliseconds of processor time of an event, or of a request without its events. */
function costOf(
  cpu: number,
  { told, asked }: { readonly told: Answered; readonly asked: Answered | undefined },
): object {
  const [events, requests] = [told, asked].map((answered) => answered?.latencies.length ?? 0);
  if (asked === undefined) eventCost = (1000 * cpu) / events;
  return asked
    ? { cpuMsARequest: round((1000 * cpu - events * eventCost) / requests) }
    : { cpuMsAnEvent: round(eventCost) };
}

/** At what it can do, then at ten times as much, then back. */
async function capacity(): Promise<void> {
  const next = scoring(market, 100, 'capacity');
  const most = await rateThatHolds(next);
  const minutes = Number(options['capacity-minutes']);
  const minute = minutes < 1 ? 60 * minutes : 60;
  const before = await measure(`at capacity, ${minutes} min`, { asking: { rate: most, next }, seconds: 60 * minutes });
  const beyond = await measure('at ten times capacity', { asking: { rate: 10 * most, next }, seconds: minute });
  const after = await measure('at capacity again', { asking: { rate: most, next }, seconds: minute });
  row('before and after ten times capacity', {
    p99Before: round(quantileOf(before.latencies, 0.99)),
    p99After: round(quantileOf(after.latencies, 0.99)),
    // `unsent` is what the client could not send any more.
    otherStatuses: Object.keys(beyond.statuses).filter((status) => !['200', '429', '503', 'unsent'].includes(status)),
  });
}

/** Requests a second at which p99 stays below 100 ms for ten seconds, in steps of a quarter. */
async function rateThatHolds(next: Asking['next']): Promise<number> {
  let rate = 100;
  for (;;) {
    const tried = Math.round(rate * 1.25);
    const { latencies, statuses } = await measure('looking for capacity', {
      asking: { rate: tried, next },
      seconds: 10,
    });
    const isWhole = Object.keys(statuses).every((status) => status === '200');
    if (!isWhole || quantileOf(latencies, 0.99) > 100) return rate;
    rate = tried;
  }
}

function row(name: string, figures: object): void {
  rows.push({ name, durability, ...figures });
  const result = { started: started.toISOString(), machine, commit: commitNow(), users: market.users, seconds, rows };
  writeFileSync(file, `${JSON.stringify(result, null, 1)}\n`);
  console.log(`${durability}, ${name}: ${JSON.stringify(figures)}`);
}
