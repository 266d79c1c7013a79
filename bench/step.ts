/**
 * Where does the time of a training step go? `npx tsx bench/step.ts <data set folder> [--recipe attention-bce] [--steps 150]`
 *
 * Steps of a recipe as `train` makes them, on one thread, one part after the other: milliseconds of processor time a step, by part. Processor time is less disturbed
 * by other processes than the clock is. `--profile <prefix>` writes ONNX Runtime's times by operator.
 */
import { parseArgs } from 'node:util';
import { openDataset } from '../src/datasets/folder/dataset.ts';
import { encodeDataset } from '../src/datasets/walk/encode-dataset.ts';
import { createRecipeModel } from '../src/jobs/recipes/recipe-model.ts';
import { resolveRecipe, settingsDefaults } from '../src/jobs/settings.ts';
import { losses } from '../src/losses/losses.ts';
import { scorerFeeds } from '../src/models/tables/scorer-feeds.ts';
import { modelArrays } from '../src/models/tables/weights.ts';
import { createRng } from '../src/random/rng.ts';
import { type JobResult, runJob } from '../src/runtime/job.ts';
import type { Pool } from '../src/runtime/pool.ts';
import { createSession } from '../src/runtime/session.ts';
import { createAverage } from '../src/train/optimizers/average.ts';
import { createOptimizers } from '../src/train/optimizers/optimizers.ts';
import { listsOfBatch, termCounts, termShares } from '../src/train/scorer/term-shares.ts';
import { compileTraining } from '../src/train/scorer/training-graph.ts';
import { collateStep, createGradientRoom, learnFrom } from '../src/train/scorer/training-step.ts';
import { thisMachine } from './machine.ts';

const WARM_UP = 20;

const { positionals, values: options } = parseArgs({
  allowPositionals: true,
  options: {
    recipe: { type: 'string', default: 'attention-bce' },
    steps: { type: 'string', default: '150' },
    profile: { type: 'string' },
  },
});
const dataset = await openDataset(positionals[0]);
const encoded = await encodeDataset(dataset, { ...settingsDefaults, graph: undefined });
const config = resolveRecipe(options.recipe, settingsDefaults);
const prepared = { path: positionals[0], dataset, encoded, settings: settingsDefaults };
const model = createRecipeModel(prepared, encoded.train, { config, seed: 1 });
const { graph, layout } = compileTraining(model, { config, losses, part: 'all', rng: createRng(1) });
const session = await createSession(graph, options.profile ? { profile: options.profile } : {});
const pool: Pool = { parameters: new Float32Array(layout.length), run: () => Promise.reject(), close: async () => {} };
for (const { name, offset } of layout.entries) pool.parameters.set(modelArrays(model)[name], offset);
const gradients = createGradientRoom(layout.length);
const optimizers = createOptimizers(model, layout, { config: config.optimizer, from: undefined });
const context = { recipe: config.recipe, model, pool, optimizers, clip: config.optimizer.clip, gradients };
const average = createAverage(config.averaging, layout.length);
const counts = termCounts(config.losses, losses);
const order = createRng(3).shuffle(encoded.train.slice());

const milliseconds: Record<string, number> = {};
let begun = process.cpuUsage();
/** Counts what has passed since the last call as this part. */
function took(part: string): void {
  const { user, system } = process.cpuUsage(begun);
  milliseconds[part] = (milliseconds[part] ?? 0) + (user + system) / 1000;
  begun = process.cpuUsage();
}

const steps = Number(options.steps);
for (let step = -WARM_UP; step < steps; step++) {
  if (step === 0) for (const part of Object.keys(milliseconds)) milliseconds[part] = 0;
  const at = ((step + WARM_UP) * config.batch) % (order.length - config.batch);
  begun = process.cpuUsage();
  const batches = collateStep(encoded.slates, order.subarray(at, at + config.batch), config.microBatch);
  took('gathering the batch');
  const shares = termShares(batches.map(listsOfBatch), counts);
  const feeds = batches.map((batch, n) => ({ ...scorerFeeds(batch, model.tables), ...shares[n] }));
  took('feeds, rows of tables pooled');
  const results: JobResult[] = [];
  for (const [n, fed] of feeds.entries()) {
    const into = gradients.spare.pop() ?? new Float32Array(layout.length);
    const job = { feeds: fed, dropoutKey: (step + WARM_UP) * batches.length + n, into };
    results.push(await runJob(session, job, { layout, parameters: pool.parameters }));
  }
  took('the graph, with its dropout');
  learnFrom(context, { results, batches, shares: results.map(() => 1), learningRate: 1e-4, step });
  for (const { gradient } of results) gradients.spare.push(gradient);
  took('sum of the gradients, optimizers');
  average.update(pool.parameters);
  took("the weights' average");
}
const { cpu, loadAtStart } = thisMachine();
const all = Object.values(milliseconds).reduce((sum, each) => sum + each, 0);
process.stdout.write(`${cpu}, load ${loadAtStart.toFixed(1)}; ${config.recipe}, ${layout.length} parameters\n`);
for (const [part, each] of Object.entries(milliseconds))
  process.stdout.write(
    `${part.padEnd(34)} ${(each / steps).toFixed(2).padStart(6)} ms ${((100 * each) / all).toFixed(1).padStart(5)} %\n`,
  );
process.stdout.write(`${Math.round((1000 * steps * config.batch) / all)} lists a second of one thread\n`);
await session.release();
