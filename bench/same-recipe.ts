/**
 * Whether intervals hold what they say: one recipe, trained with many seeds, is compared with itself as two recipes would be, and every difference found is an error.
 *
 *     npx tsx bench/same-recipe.ts --ranklens path/to/events.jsonl.gz --pool runs/same-recipe
 *
 * Trains what is missing in the pool (small models, 1 to 10 seconds of one core each), deals the runs of each log into groups of seeds, and writes the share of
 * comparisons whose 95 % interval excludes zero to bench/results/. docs/intervals.md reads it. `--no-training` takes the pool as it is.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { simulate } from '../src/simulator/simulate.ts';
import { simulationDefaults } from '../src/simulator/simulation-options.ts';
import { writeSimulation } from '../src/simulator/write-simulation.ts';
import { commitNow, resultName, thisMachine } from './machine.ts';
import { CHECKED, type ErrorRate, errorRates, METHODS, measurePool } from './same-recipe/error-rates.ts';
import { type PoolPlan, readPool, trainPool } from './same-recipe/run-pool.ts';

const { values: options } = parseArgs({
  options: {
    pool: { type: 'string', default: 'runs/same-recipe' },
    ranklens: { type: 'string' },
    runs: { type: 'string', default: '48' },
    draws: { type: 'string', default: '50' },
    resamples: { type: 'string', default: '1000' },
    out: { type: 'string', default: 'bench/results' },
    'no-training': { type: 'boolean', default: false },
  },
});

const SIMULATED_LOGS = 8;
const GROUPS = [2, 3, 5];
const small = { width: 32, blocks: 1, heads: 2, feedForward: 64 };
const RECIPES = ['attention-bce', 'attention-listnet'] as const;

const started = new Date();
const machine = thisMachine();
const plans = await plansOf(options.pool);
const rates: { readonly log: string; readonly users: number; readonly runs: number; readonly rates: ErrorRate[] }[] =
  [];
for (const plan of plans) {
  if (!options['no-training']) await trainPool(plan, options.pool, (message) => process.stderr.write(`${message}\n`));
  const pool = await readPool(options.pool, plan);
  const measured = measurePool(pool, Number(options.resamples));
  const ofLog = GROUPS.flatMap((seeds) => errorRates(measured, { seeds, draws: Number(options.draws) }));
  rates.push({ log: plan.name, users: measured.users, runs: pool.runs.length, rates: ofLog });
  process.stderr.write(`${plan.name}: ${pool.runs.length} runs, ${measured.users} test users\n`);
}
for (const seeds of GROUPS) print(seeds);

const file = join(options.out, `same-recipe-${resultName(started, machine)}.json`);
await mkdir(options.out, { recursive: true });
const result = { started: started.toISOString(), machine, commit: commitNow(), level: 0.95, small, rates };
await writeFile(file, `${JSON.stringify(result, null, 1)}\n`);
process.stderr.write(`written to ${file}\n`);

/** Half of the logs with one recipe, half with another; logs differ in items, users and tastes. */
async function plansOf(folder: string): Promise<PoolPlan[]> {
  const runs = Number(options.runs);
  const simulated: PoolPlan[] = [];
  for (let n = 1; n <= SIMULATED_LOGS; n++) {
    const name = `sim-${n}`;
    const log = join(folder, `${name}.jsonl.gz`);
    const world = { ...simulationDefaults, impressions: 1500, items: 200, users: 500, slateSize: { from: 4, to: 8 } };
    if (!options['no-training']) {
      await mkdir(folder, { recursive: true });
      await writeSimulation(simulate({ ...world, seed: 100 + n }), { log });
    }
    simulated.push({ name, log, splitBy: 'time', recipe: RECIPES[(n - 1) % 2], changes: { model: small }, runs });
  }
  const { ranklens: log } = options;
  if (log === undefined) return simulated;
  const changes = { epochs: 8, patience: 2, model: small };
  const real = RECIPES.map((recipe): PoolPlan => {
    return { name: `ranklens-${recipe.slice('attention-'.length)}`, log, splitBy: 'user', recipe, changes, runs };
  });
  return [...simulated, ...real];
}

/** Means over logs, each counted once: comparisons within a log share runs and users, so the logs are what tells how sure a share is. */
function print(seeds: number): void {
  const of = (metric: string, method: string): { readonly mean: number; readonly error: number } => {
    const shares = rates.map((log) => {
      const found = log.rates.filter(
        (rate) => rate.seeds === seeds && rate.metric === metric && rate.method === method,
      );
      return found.reduce((sum, { excludesZero, comparisons }) => sum + (100 * excludesZero) / comparisons, 0);
    });
    const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
    const squares = shares.reduce((sum, share) => sum + (share - mean) ** 2, 0);
    return { mean, error: Math.sqrt(squares / (shares.length - 1) / shares.length) };
  };
  const first = rates.map((log) => log.rates.find((rate) => rate.seeds === seeds));
  const [comparisons, disjoint] = (['comparisons', 'disjoint'] as const).map((key) =>
    first.reduce((sum, rate) => sum + (rate?.[key] ?? 0), 0),
  );
  const lines = Object.keys(METHODS).map((method) => {
    const cells = CHECKED.map((metric) => {
      const { mean, error } = of(metric, method);
      return `${mean.toFixed(1)} % ± ${error.toFixed(1)}`;
    });
    return `| ${method} | ${cells.join(' | ')} |`;
  });
  process.stdout.write(
    `\n${seeds} seeds against ${seeds}: ${comparisons} comparisons on ${rates.length} logs, ${disjoint} of them without a run in common; share that excludes zero, ± standard error over logs\n` +
      `| interval over | ${CHECKED.join(' | ')} |\n|---|${'---|'.repeat(CHECKED.length)}\n${lines.join('\n')}\n`,
  );
}
