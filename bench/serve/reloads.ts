/**
 * What a server's memory does when models come and go: one of three is loaded, activated and closed again so many times while others ask, and the resident memory is read after
 * each. No request may be lost, and the memory must not grow with the number of reloads.
 *
 *     npm run build
 *     npx tsx bench/serve/reloads.ts [reloads: 100] [users: 10000]
 */
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { commitNow, resultName, thisMachine } from '../machine.ts';
import { firstVisits, type Market, scoring } from './requests.ts';
import { startServer } from './server-process.ts';
import { trainServed } from './train-served.ts';

const [reloads = 100, users = 10_000] = process.argv.slice(2).map(Number);
const NAMES = ['a', 'b', 'c'];
const PORT = 18_081;
/** The first reloads fill what stays: the code, the pools of threads, the heap as large as it gets. */
const SETTLED = Math.ceil(reloads / 3);
const market: Market = { users, items: 2000 };
const started = new Date();
const machine = thisMachine();
const folder = 'runs/reloads-bench';
await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
const models = join(folder, 'models');
await trainServed(join(models, 'a'), { ...market, folder });
for (const name of NAMES.slice(1)) await cp(join(models, 'a'), join(models, name), { recursive: true });

const server = await startServer({ models, journal: join(folder, 'journal'), port: PORT });
const post = async (path: string, body: string): Promise<number> => {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`http://127.0.0.1:${PORT}${path}`, { method: 'POST', headers, body });
  await answer.arrayBuffer();
  return answer.status;
};
for (const { path, body } of firstVisits(market, 500)) await post(path, body);

const statuses: Record<string, number> = {};
let isOver = false;
async function ask(): Promise<void> {
  const next = scoring(market, 25, 'reloads');
  for (let at = 0; !isOver; at++) {
    const { path, body } = next(at);
    const status = await post(path, body);
    statuses[status] = (statuses[status] ?? 0) + 1;
  }
}
const asking = ask();
const residentMiB: number[] = [];
const milliseconds: number[] = [];
for (let reload = 1; reload <= reloads; reload++) {
  const begun = performance.now();
  const status = await post(`/v1/models/${NAMES[reload % NAMES.length]}/activate`, '{}');
  if (status !== 200) throw new Error(`activation ${reload}: expected status 200, found ${status}`);
  milliseconds.push(performance.now() - begun);
  residentMiB.push((await server.usage()).resident / 2 ** 20);
  process.stderr.write(`${reload}: ${residentMiB[reload - 1].toFixed(0)} MiB\n`);
}
isOver = true;
await asking;
await server.stop();

/** MiB that each reload adds, by least squares, and how sure that is. */
function slopeOf(values: readonly number[]): { readonly slope: number; readonly standardError: number } {
  const meanAt = (values.length - 1) / 2;
  const mean = meanOf(values);
  const squares = values.reduce((sum, _, at) => sum + (at - meanAt) ** 2, 0);
  const slope = values.reduce((sum, value, at) => sum + (at - meanAt) * (value - mean), 0) / squares;
  const rest = values.reduce((sum, value, at) => sum + (value - mean - slope * (at - meanAt)) ** 2, 0);
  return { slope: round(slope), standardError: round(Math.sqrt(rest / (values.length - 2) / squares)) };
}

const round = (value: number): number => Math.round(100 * value) / 100;
const settled = residentMiB.slice(SETTLED);
const result = {
  ...{ started: started.toISOString(), machine, loadAtEnd: loadavg()[0], commit: commitNow(), reloads, users },
  statuses,
  reloadMs: {
    median: round(milliseconds.toSorted((a, b) => a - b)[reloads >> 1]),
    most: round(Math.max(...milliseconds)),
  },
  residentMiB: residentMiB.map(Math.round),
  afterTheFirst: SETTLED,
  mibPerReload: slopeOf(settled),
  meanMiB: {
    firstHalf: round(meanOf(settled.slice(0, settled.length >> 1))),
    secondHalf: round(meanOf(settled.slice(settled.length >> 1))),
  },
};
const file = fileURLToPath(new URL(`../results/reloads-${resultName(started, machine)}.json`, import.meta.url));
await writeFile(file, `${JSON.stringify(result, null, 1)}\n`);
process.stdout.write(`${JSON.stringify(result)}\nwritten to ${file}\n`);
await rm(folder, { recursive: true });
process.exitCode = Object.keys(statuses).every((status) => status === '200') ? 0 : 1;

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
