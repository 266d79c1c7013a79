/**
 * From a log to a trained `attention-bce`, all in: `import` and `train` as users run them, beside the same model written the usual way (`peers/end_to_end.py`: polars, PyTorch's DataLoader and a
 * loop) in turns of one run, and the log loss that each comes to on the same validation lists.
 *
 *     npm run build
 *     npx tsx bench/end-to-end.ts --python <interpreter with PyTorch and polars> [--ranklens <log>] [--lists 100000] [--epochs 1] [--rounds 3] [--threads 1,2]
 */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { tablesConfig, writeTables } from './end-to-end/write-tables.ts';
import { commitNow, resultName, thisMachine } from './machine.ts';
import { type Cost, measuredCommand } from './scale/measured-command.ts';

const { values } = parseArgs({
  options: {
    python: { type: 'string', default: process.env.SLATEWISE_PYTHON ?? 'python3' },
    ranklens: { type: 'string' },
    lists: { type: 'string', default: '100000' },
    epochs: { type: 'string', default: '1' },
    rounds: { type: 'string', default: '3' },
    threads: { type: 'string', default: '1,2' },
  },
});
const RECIPE = 'attention-bce';
const epochs = Number(values.epochs);
const threads = values.threads.split(',').map(Number);

/** A whole run of one side with so many threads. */
interface Run {
  readonly side: 'slatewise' | 'usual';
  readonly threads: number;
  readonly seconds: number;
  readonly cpuSeconds: number;
  /** Seconds of a core. */
  readonly parts: Readonly<Record<string, number>>;
  readonly validationLogLoss: number;
}

const started = new Date();
const machine = thisMachine();
const folder = await mkdtemp(join(tmpdir(), 'end-to-end-'));
try {
  const log = values.ranklens === undefined ? join(folder, 'tables') : resolve(values.ranklens);
  if (values.ranklens === undefined) await writeTables(log, Number(values.lists), 5);
  const runs: Run[] = [];
  let versions = {};
  for (let round = 0; round < Number(values.rounds); round++)
    for (const count of threads)
      for (const side of [ours, usual]) {
        const { run, ...told } = await side(log, count, round + 1);
        runs.push(run);
        versions = { ...versions, ...told };
        console.log(JSON.stringify(run));
      }
  const medians = threads.map((count) => mediansOf(runs.filter((run) => run.threads === count)));
  for (const each of medians) console.log(JSON.stringify(each));
  const of = values.ranklens === undefined ? `simulated-${values.lists}` : 'ranklens';
  const path = `bench/results/end-to-end-${of}-${resultName(started, machine)}.json`;
  const about = { started, machine, node: process.version, commit: commitNow(), recipe: RECIPE, epochs, ...versions };
  await writeFile(path, `${JSON.stringify({ ...about, medians, runs }, undefined, 2)}\n`);
  console.log(path);
} finally {
  await rm(folder, { recursive: true });
}

async function ours(log: string, workers: number, seed: number): Promise<{ readonly run: Run }> {
  const [data, model, config] = ['data', 'model', 'config.json'].map((name) => join(folder, name));
  await rm(data, { recursive: true, force: true });
  await rm(model, { recursive: true, force: true });
  const tables = values.ranklens === undefined ? { tables: tablesConfig } : {};
  await writeFile(config, JSON.stringify({ ...tables, recipes: { [RECIPE]: { epochs, patience: epochs } } }));
  const [imported] = await measuredCommand(['import', log, '--config', config, '--out', data]);
  const how = ['--workers', String(workers), '--seed', String(seed), '--config', config];
  const [trained] = await measuredCommand(['train', data, '--recipe', RECIPE, ...how, '--out', model]);
  const { metrics } = JSON.parse(await readFile(join(model, 'run.json'), 'utf8')) as {
    readonly metrics: Readonly<Record<string, number>>;
  };
  const total = (key: keyof Cost): number => imported[key] + trained[key];
  return {
    run: {
      ...{ side: 'slatewise', threads: workers, seconds: total('seconds'), cpuSeconds: total('cpuSeconds') },
      parts: { import: imported.cpuSeconds, 'features and training': trained.cpuSeconds },
      validationLogLoss: metrics['validation/logLoss'],
    },
  };
}

async function usual(log: string, count: number, seed: number): Promise<{ readonly run: Run; readonly peer: unknown }> {
  const script = join(import.meta.dirname, 'peers/end_to_end.py');
  const asked = ['--epochs', String(epochs), '--threads', String(count), '--seed', String(seed)];
  const before = performance.now();
  const { stdout } = await promisify(execFile)(values.python, [script, log, ...asked], { maxBuffer: 1e8 });
  const seconds = (performance.now() - before) / 1000;
  const told = JSON.parse(stdout) as {
    readonly versions: unknown;
    readonly cpuSeconds: number;
    readonly parts: Readonly<Record<string, { readonly cpuSeconds: number }>>;
    readonly validationLogLoss: number;
  };
  const parts = Object.fromEntries(Object.entries(told.parts).map(([name, { cpuSeconds }]) => [name, cpuSeconds]));
  const { cpuSeconds, validationLogLoss } = told;
  return { run: { side: 'usual', threads: count, seconds, cpuSeconds, parts, validationLogLoss }, peer: told.versions };
}

/** Medians of each side, and how much longer the usual way takes. */
function mediansOf(runs: readonly Run[]) {
  const median = (side: Run['side'], key: 'seconds' | 'cpuSeconds' | 'validationLogLoss'): number => {
    const sorted = runs.filter((run) => run.side === side).map((run) => run[key]);
    return sorted.sort((a, b) => a - b)[sorted.length >> 1];
  };
  const ratio = (key: 'seconds' | 'cpuSeconds'): number => median('usual', key) / median('slatewise', key);
  const [{ threads: count }] = runs;
  return {
    threads: count,
    ratio: { seconds: ratio('seconds'), cpuSeconds: ratio('cpuSeconds') },
    logLoss: { slatewise: median('slatewise', 'validationLogLoss'), usual: median('usual', 'validationLogLoss') },
  };
}
