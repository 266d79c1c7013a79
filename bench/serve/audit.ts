/**
 * Whether what a server answered from can be computed again: random events (late, early, twice, from the future) through the server's own code, a thousand a call, questions
 * between them, and a server that starts again and again, after it was closed or from its files as a kill leaves them. Then `audit` computes every kept list again from the journal: none may differ.
 *
 *     npx tsx bench/serve/audit.ts [events: 1000000] [seed: 1]
 */
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createRng } from '../../src/random/rng.ts';
import { auditJournal } from '../../src/serve/audit/audit-journal.ts';
import { createHost } from '../../src/serve/host/create-host.ts';
import type { ArrivingEvent, Host } from '../../src/serve/host.ts';
import { modelsFolder } from '../../test/served-models.ts';
import { commitNow, resultName, thisMachine } from '../machine.ts';

const [count = 1_000_000, seed = 1] = process.argv.slice(2).map(Number);
const TOGETHER = 1000;
const RESTARTS = 20;
const MINUTE = 60_000;
const USERS = 20_000;
const started = new Date();
const machine = thisMachine();
const rng = createRng(`audit ${seed}`);
const some = <T>(values: readonly T[]): T => values[rng.integer(values.length)];
const items = ['small', 'medium', 'large', ...Array.from({ length: 500 }, (_, k) => `item ${k}`)];

const models = await modelsFolder('a');
const folder = await mkdtemp(join(tmpdir(), 'bench-audit-'));
let journal = join(folder, 'journal');
let now = 1_800_000_000_000;
let lists = 0;
let asked = 0;
const outcomes: Record<string, number> = {};
const latest: ArrivingEvent[] = [];
const shown: (readonly [id: string, items: readonly string[]])[] = [];

const open = (): Promise<Host> =>
  createHost({
    ...{ models, active: 'a', journal, durability: 'process', now: () => now, auditEvery: 1 },
    ...{ snapshotEvery: 100_000, warn: (message: string) => void process.stderr.write(`${message}\n`) },
  });

/** Of the time at which it is sent, or of another. */
function nextEvent(): ArrivingEvent {
  now += some([0, 0, 0, 1, 20, 200]);
  if (latest.length > 0 && rng.next() < 0.02) return some(latest);
  // One that is minutes ahead makes all others late for as long: it is rare.
  const ahead =
    rng.next() < 0.001 ? 2 * MINUTE : some([0, 0, 0, 0, 0, 0, -1, -1000, -MINUTE, -40 * MINUTE, 50, 500 * MINUTE]);
  const time = now + ahead;
  const chance = rng.next();
  const event = chance < 0.03 ? metadata(time) : chance < 0.5 ? list(time) : interaction(time);
  const arriving = rng.next() < 0.5 ? { id: `e${lists}-${rng.integer(1e9)}`, event } : { event };
  latest[latest.length < 1000 ? latest.length : rng.integer(1000)] = arriving;
  return arriving;
}

const metadata = (time: number): object =>
  rng.next() < 0.5
    ? { event: 'item', item: some(items), time, fields: { price: rng.integer(100) } }
    : { event: 'user', user: `u${rng.integer(USERS)}`, time, fields: { age: some(['20s', '30s']) } };

function list(time: number): object {
  const id = `l${lists++}`;
  const ids = [...new Set(Array.from({ length: 1 + rng.integer(10) }, () => some(items)))];
  shown[shown.length < 50 ? shown.length : rng.integer(50)] = [id, ids];
  const user = rng.next() < 0.05 ? '' : `u${rng.integer(USERS)}`;
  return { event: 'ranking', id, user, time, items: ids.map((item) => ({ id: item })) };
}

/** Mostly on an item of a list that was shown a moment before. */
function interaction(time: number): object {
  const [ranking, ids] = shown.length > 0 ? some(shown) : ['none', items];
  const item = some(rng.next() < 0.9 ? ids : items);
  return { event: 'interaction', ranking, item, type: some(['click', 'click', 'view']), time };
}

async function ask(host: Host): Promise<void> {
  const question = { id: `q${asked}`, user: `u${rng.integer(USERS)}` };
  const candidates = [...new Set(Array.from({ length: 20 }, () => some(items)))];
  await host.model().score([{ ...question, items: candidates }]);
  await host.model().generate({ ...question, items: candidates }, { generator: 'greedy', size: 3 });
  asked += 2;
}

/** Closed, or as a kill leaves it: then the files are those of a moment before. */
async function restarted(before: Host, isKilled: boolean): Promise<Host> {
  const copy = `${journal}+`;
  if (isKilled) {
    await cp(journal, copy, { recursive: true });
    await rm(join(copy, 'in-use.json'));
  }
  await before.close();
  if (isKilled) {
    await rm(journal, { recursive: true });
    journal = copy;
  }
  return open();
}

const begun = performance.now();
let restarts = 0;
let host = await open();
for (let sent = 0; sent < count; sent += TOGETHER) {
  const { outcomes: told } = await host.observe(Array.from({ length: TOGETHER }, nextEvent));
  for (const outcome of told) {
    const what = outcome.taken ? outcome.applied : outcome.code;
    outcomes[what] = (outcomes[what] ?? 0) + 1;
  }
  for (let k = 0; k < 3; k++) await ask(host);
  if ((sent / TOGETHER) % Math.ceil(count / TOGETHER / RESTARTS) === 1) {
    host = await restarted(host, restarts++ % 2 === 1);
    process.stderr.write(`${sent} events, ${asked} questions\n`);
  }
}
const entries = host.sequence;
await host.close();
const served = performance.now();
const { checked, different, differences, passedOver } = await auditJournal(journal, { model: join(models, 'a') });
const result = {
  ...{ started: started.toISOString(), machine, loadAtEnd: loadavg()[0], commit: commitNow(), seed, events: count },
  ...{ entries, outcomes, restarts, asked, checked, different, differences, passedOver },
  secondsToServe: Math.round((served - begun) / 1000),
  secondsToAudit: Math.round((performance.now() - served) / 1000),
};
const file = fileURLToPath(new URL(`../results/audit-${resultName(started, machine)}.json`, import.meta.url));
await writeFile(file, `${JSON.stringify(result, null, 1)}\n`);
process.stdout.write(`${JSON.stringify(result)}\nwritten to ${file}\n`);
await rm(folder, { recursive: true });
process.exitCode = different === 0 && checked >= asked ? 0 : 1;
