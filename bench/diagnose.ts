/**
 * Does `diagnose` name the cause that was planted? Simulated logs with one thing wrong each:
 *
 *     npx tsx bench/diagnose.ts --causes few,biased,noise,sound --logs 10
 *
 * few: 300 lists, half of them to learn from, so that enough are left to judge by. biased: 1,200 lists of a shop that prefers what is clicked most (`policy` 2). noise: 1,200 lists whose clicks are drawn at one rate, whatever is shown. sound: 1,200 lists with nothing of this.
 * The recipe is attention-bce, smaller; trainings that name no cause are left out. Answers are kept in the folder: an interrupted run goes on where it was. docs/diagnose.md has the table.
 */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { diagnose } from '../src/jobs/diagnose/diagnose.ts';
import { prepare } from '../src/jobs/prepare.ts';
import { resolveRecipe, type Settings, settingsFrom } from '../src/jobs/settings.ts';
import type { Diagnosis } from '../src/measure/diagnosis-report.ts';
import { judgeCauses } from '../src/measure/judge-causes.ts';
import { createRng } from '../src/random/rng.ts';
import { type SimulatedRow, simulate } from '../src/simulator/simulate.ts';
import { simulationDefaults } from '../src/simulator/simulation-options.ts';
import { writeSimulation } from '../src/simulator/write-simulation.ts';
import { silentReporter } from '../src/steps.ts';
import { commitNow, resultName, thisMachine } from './machine.ts';

const PLANTED = {
  few: { impressions: 300, seeds: 3, names: 'data' },
  biased: { impressions: 1200, policy: 2, seeds: 2, names: 'bias' },
  noise: { impressions: 1200, seeds: 2, names: 'task' },
  sound: { impressions: 1200, seeds: 2, names: 'none' },
} as const;
type Planted = keyof typeof PLANTED;

const { values: options } = parseArgs({
  options: {
    causes: { type: 'string', default: 'few,biased,noise,sound' },
    logs: { type: 'string', default: '10' },
    first: { type: 'string', default: '1' },
    workers: { type: 'string', default: '1' },
    folder: { type: 'string', default: 'runs/diagnose-bench' },
    out: { type: 'string', default: fileURLToPath(new URL('./results', import.meta.url)) },
  },
});

/** Small enough that a log takes less than a minute of one core. */
const model = { width: 16, heads: 2, feedForward: 32, blocks: 1 };
const recipes = { 'attention-bce': { model, epochs: 8 } };
const settingsOf = (planted: Planted): Settings =>
  settingsFrom({ recipes, ...(planted === 'few' ? { split: { train: 0.5, validation: 0.2 } } : {}) }, 'bench');
const config = resolveRecipe('attention-bce', settingsOf('sound'));

const RATE = 0.25;

const started = new Date();
const machine = thisMachine();
const rows: { planted: Planted; log: number; diagnosis: Diagnosis }[] = [];
const logs = Array.from({ length: Number(options.logs) }, (_, index) => Number(options.first) + index);
for (const log of logs)
  for (const planted of (Object.keys(PLANTED) as Planted[]).filter((name) =>
    options.causes.split(',').includes(name),
  )) {
    const diagnosis = await diagnosisOf(planted, log);
    rows.push({ planted, log, diagnosis });
    const { first, causes, bias, data } = diagnosis;
    process.stderr.write(
      `${planted}, log ${log}: ${first} (${causes.map(({ cause, shown, gain }) => `${cause} ${shown ? 'shown' : 'not shown'} ${gain?.toFixed(4) ?? ''}`).join(', ')}; even ${bias.evenShare.toFixed(2)}, known ${(data.constantLoss - (data.points.at(-1)?.test.estimate ?? Number.NaN)).toFixed(4)})\n`,
    );
  }

console.log('| planted | logs | data first | bias first | task first | none |');
console.log('|---|---|---|---|---|---|');
for (const planted of Object.keys(PLANTED) as Planted[]) {
  const own = rows.filter((row) => row.planted === planted);
  if (own.length === 0) continue;
  const counts = ['data', 'bias', 'task', 'none'].map(
    (name) => own.filter(({ diagnosis }) => diagnosis.first === name).length,
  );
  console.log(`| ${planted} | ${own.length} | ${counts.join(' | ')} |`);
}

const file = join(options.out, `diagnose-${resultName(started, machine)}.json`);
await mkdir(options.out, { recursive: true });
const told = rows.map(({ planted, log, diagnosis: { first, seeds, causes, data, bias, task } }) => ({
  ...{
    planted,
    wanted: PLANTED[planted].names,
    seeds,
    log,
    first,
    causes,
    gains: data.gains,
    constantLoss: data.constantLoss,
    points: data.points,
  },
  ...{
    evenShare: bias.evenShare,
    remedies: bias.remedies,
    signal: task.signal,
    listAuc: task.listAuc,
    tasks: task.tasks,
  },
}));
const result = { started: started.toISOString(), machine, commit: commitNow(), rows: told };
await writeFile(file, `${JSON.stringify(result, null, 1)}\n`);
process.stderr.write(`written to ${file}\n`);

/** What is kept are figures: which cause they name follows from the program as it is now. */
function judged(kept: Diagnosis): Diagnosis {
  return { ...kept, ...judgeCauses(kept) };
}

async function diagnosisOf(planted: Planted, log: number): Promise<Diagnosis> {
  const at = join(options.folder, `${planted}-${log}`);
  const kept = await readFile(join(at, 'diagnosis.json'), 'utf8').catch(() => undefined);
  if (kept !== undefined) return judged(JSON.parse(kept));
  const { names: _, seeds: count, ...world } = PLANTED[planted];
  const seeds = Array.from({ length: count }, (_, index) => index + 1);
  const simulated = simulate({ ...simulationDefaults, items: 100, users: 150, ...world, seed: 700 + log });
  const path = join(at, 'log.jsonl');
  await writeSimulation(planted === 'noise' ? withoutSignal(simulated, log) : simulated, { log: path });
  const prepared = await prepare(path, {
    ...{ settings: settingsOf(planted), cacheFolder: join(at, 'cache'), reporter: silentReporter, configs: [config] },
  });
  const workers = Number(options.workers);
  const diagnosis = await diagnose(prepared, {
    ...{ config, seeds, workers, folder: at, reporter: silentReporter, cures: false },
  });
  if (!diagnosis) throw new Error('interrupted; the same command goes on');
  await Promise.all(['cache', 'runs', 'log.jsonl'].map((name) => rm(join(at, name), { recursive: true, force: true })));
  await writeFile(join(at, 'diagnosis.json'), JSON.stringify(diagnosis));
  return diagnosis;
}

/** The same lists, every item clicked with one probability, the rate of such a market. */
function* withoutSignal(rows: Iterable<SimulatedRow>, log: number): Generator<SimulatedRow> {
  const rng = createRng(log).split('clicks');
  for (const row of rows) {
    if (!('event' in row)) continue;
    const { event } = row;
    if (event.event === 'interaction') continue;
    yield row;
    if (event.event !== 'ranking') continue;
    for (const { id } of event.items)
      if (rng.next() < RATE)
        yield {
          event: {
            event: 'interaction',
            ranking: event.id,
            time: event.time + 500,
            user: event.user,
            item: id,
            type: 'click',
          },
        };
  }
}
