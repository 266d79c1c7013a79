/**
 * What do many candidates and long lists cost? `npx tsx bench/large-lists.ts [--candidates 10000] [--length 1000] [--rounds 5]`
 *
 * Simulated markets; models of the default size with the weights they start from, which cost what trained ones do. The best ten of many candidates on one thread,
 * from the request to the answer; and lists of many items: encoded, trained on (one epoch with two workers, validation included) and scored. Milliseconds by the clock
 * and of processor time, medians over rounds.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openDataset } from '../src/datasets/folder/dataset.ts';
import { importLog } from '../src/datasets/import/import-log.ts';
import { encodeDataset } from '../src/datasets/walk/encode-dataset.ts';
import { createSlateEncoder } from '../src/encoding/columns/slate-encoder.ts';
import { topGenerator } from '../src/generate/generators/top-generator.ts';
import { createSlateGenerator } from '../src/generate/request/slate-generator.ts';
import { createRecipeModel } from '../src/jobs/recipes/recipe-model.ts';
import { resolveRecipe, settingsDefaults } from '../src/jobs/settings.ts';
import type { StoredModel } from '../src/scoring/model-folder.ts';
import { createSlateScorer } from '../src/scoring/slate-scorer.ts';
import { simulate } from '../src/simulator/simulate.ts';
import { simulationDefaults } from '../src/simulator/simulation-options.ts';
import { writeSimulation } from '../src/simulator/write-simulation.ts';
import type { RankingEvent } from '../src/slate/events.ts';
import { trainScorer } from '../src/train/scorer/trainer.ts';
import { thisMachine } from './machine.ts';

const { values: options } = parseArgs({
  options: {
    candidates: { type: 'string', default: '10000' },
    length: { type: 'string', default: '1000' },
    rounds: { type: 'string', default: '5' },
  },
});
const [candidates, length, rounds] = [options.candidates, options.length, options.rounds].map(Number);
const { cpu, cores, loadAtStart } = thisMachine();
process.stdout.write(`${cpu}, ${cores} cores, load ${loadAtStart.toFixed(1)}\n`);

const market = await storedMarket({ items: candidates, slateSize: 10, impressions: 2000 });
const generator = await createSlateGenerator(market.stored, {
  ...{ generator: topGenerator, workers: 1, objective: 'clicks', seed: 1, size: 10 },
});
const request = requestOf(market.stored, candidates);
await timed(`the best ten of ${candidates} candidates`, () => generator.generate(request));
await generator.close();

const long = await storedMarket({ items: 2 * length, slateSize: length, impressions: 60 });
const { encoded, config } = long;
await timed(`encode 60 lists of ${length}`, () => encodeDataset(long.dataset, settings()));
await timed(`an epoch of ${encoded.train.length} lists of ${length}, judged`, () =>
  trainScorer(long.model(), encoded, { config: { ...config, epochs: 1 }, seed: 1, workers: 2 }),
);
const scorer = await createSlateScorer(long.stored, { workers: 1 });
const list = requestOf(long.stored, length);
await timed(`score a list of ${length}`, () => scorer.score([list]));
await scorer.close();

function settings() {
  return { ...settingsDefaults, graph: undefined };
}

async function storedMarket(changes: { items: number; slateSize: number; impressions: number }) {
  const folder = await mkdtemp(join(tmpdir(), 'large-'));
  const log = join(folder, 'log.jsonl');
  await writeSimulation(simulate({ ...simulationDefaults, ...changes, seed: 5 }), { log });
  await importLog(log, join(folder, 'data'));
  const dataset = await openDataset(join(folder, 'data'));
  const encoded = await encodeDataset(dataset, settings());
  const config = resolveRecipe('attention-bce', settingsDefaults);
  const prepared = { path: folder, dataset, encoded, settings: settingsDefaults };
  const model = () => createRecipeModel(prepared, encoded.train, { config, seed: 1 });
  process.on('exit', () => void rm(folder, { recursive: true, force: true }));
  const card = { recipe: config.recipe, seed: 1, threshold: 0, knownUntil: 0, config, protocol: {}, version: '' };
  const stored: StoredModel = {
    ...{ model: model(), features: encoded.features, encoder: createSlateEncoder(encoded.features), card },
    ...{ memory: encoded.memory, calibration: { form: 'none' } },
    listHead: { form: 'calibrated', intercept: 0, slope: 1 },
  };
  return { dataset, encoded, config, model, stored };
}

function requestOf({ memory }: StoredModel, count: number): RankingEvent {
  const known = [...memory.items.entries()].slice(0, count).map(([, id]) => ({ id, fields: {} }));
  return { event: 'ranking', id: 'q', time: memory.clock + 60_000, user: '', fields: {}, items: known };
}

async function timed(what: string, work: () => Promise<unknown>): Promise<void> {
  const clock: number[] = [];
  const processor: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    const [began, used] = [performance.now(), process.cpuUsage()];
    await work();
    const { user, system } = process.cpuUsage(used);
    // The first one warms up.
    if (round === 0) continue;
    clock.push(performance.now() - began);
    processor.push((user + system) / 1000);
  }
  const [byClock, ofProcessor] = [clock, processor].map((all) =>
    Math.round(all.sort((a, b) => a - b)[all.length >> 1]),
  );
  process.stdout.write(`${what}: ${byClock} ms, ${ofProcessor} ms of processor time\n`);
}
