/**
 * What each part of the list scorer is worth: one part more or less, the same log, split and seeds, differences to `attention-bce` with intervals over users and seeds.
 *
 *     npx tsx bench/ablation.ts events.jsonl.gz --split time --seeds 3 --folder runs/ablation --name ranklens-time
 *     npx tsx bench/ablation.ts sim.jsonl.gz --truth truth.jsonl.gz --folder runs/ablation-sim --name simulator
 *
 * Finished runs are kept in the folder: an interrupted one goes on where it was. Variants are in ablation/variants.ts.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { settingsOf } from '../src/cli/asked-settings.ts';
import { createReporter } from '../src/cli/progress.ts';
import { type Prepared, prepare } from '../src/jobs/prepare.ts';
import { finishedRuns } from '../src/jobs/recipes/finished-runs.ts';
import { type FinishedRun, predictionsOf } from '../src/jobs/recipes/run-store.ts';
import { gapShares, readTruth, TRUTH } from '../src/jobs/recipes/truth.ts';
import { versions } from '../src/jobs/version.ts';
import { ITEM_RATE, REFERENCES, referencePredictions } from '../src/measure/baselines.ts';
import { compareSystems } from '../src/measure/compare-systems.ts';
import type { Predictions } from '../src/measure/predictions.ts';
import { countPart } from '../src/measure/protocol.ts';
import { renderText } from '../src/print/text/render-text.ts';
import type { Recipe } from '../src/train/recipes/recipe.ts';
import {
  ITEM_ID_MIN_COUNT,
  kinds,
  POINTWISE,
  variants,
  WHOLE,
  WITHOUT_LIST_HEAD,
  withIds,
} from './ablation/variants.ts';
import { commitNow, resultName, thisMachine } from './machine.ts';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    split: { type: 'string', default: 'time' },
    seeds: { type: 'string', default: '3' },
    truth: { type: 'string' },
    workers: { type: 'string', default: '1' },
    folder: { type: 'string', default: 'runs/ablation' },
    name: { type: 'string' },
    cache: { type: 'string', default: '.cache/slatewise' },
    out: { type: 'string', default: fileURLToPath(new URL('./results', import.meta.url)) },
  },
});
const [log] = positionals;
const { split, name = 'log' } = options;
if (log === undefined) throw new Error('expected an event log or a data set folder as the first argument');
if (split !== 'time' && split !== 'user') throw new Error(`--split: expected time or user, found "${split}"`);

const started = new Date();
const machine = thisMachine();
const command = `bench/ablation.ts ${basename(log)} --split ${split} --seeds ${options.seeds}`;
const asked = { ...(await settingsOf({ split })), kinds };
const seeds = Array.from({ length: Number(options.seeds) }, (_, index) => index + 1);
const reporter = createReporter();

const plain = await preparedFor(asked, variants);
const runs = await trained(plain, variants);
const encoders = { ...asked.encoders, itemIdMinCount: ITEM_ID_MIN_COUNT };
runs.push(...(await trained(await preparedFor({ ...asked, encoders }, [withIds]), [withIds])));

const { slates, listB, ...parts } = plain.encoded;
const [train, validation, test] = [parts.train, parts.validation, parts.test].map((part) => slates.outcomes(part));
const predictions = runs.map(predictionsOf);
const independent = predictions
  .filter(({ recipe }) => recipe === WHOLE)
  .map(({ listLogitB: _, ...one }) => ({ ...one, recipe: WITHOUT_LIST_HEAD }));
const truth = await truthOf(plain);
const report = compareSystems(
  test,
  [...predictions, ...independent, ...referencePredictions({ train, validation, test }), ...truth],
  {
    baseline: WHOLE,
    pointwise: POINTWISE,
    itemRate: ITEM_RATE,
    pairedBySeed: [[WHOLE, WITHOUT_LIST_HEAD]],
    references: [...REFERENCES, ...truth.map(({ recipe }) => recipe)],
    protocol: {
      data: basename(log),
      split: `by ${split}, as compare splits`,
      parts: { train: countPart(train), validation: countPart(validation), test: countPart(test) },
      seeds,
      epochSource: 'best validation logLoss',
      thresholdSource: 'best F1 on validation, per seed',
      command,
      versions: versions(),
    },
  },
);
process.stdout.write(`${renderText(report, { color: process.stdout.isTTY === true })}\n`);

const file = join(options.out, `ablation-${name}-${resultName(started, machine)}.json`);
await mkdir(options.out, { recursive: true });
const shares = gapShares(report, (recipe) => recipe === POINTWISE);
const result = { started: started.toISOString(), machine, commit: commitNow(), gapShares: shares, report };
await writeFile(file, `${JSON.stringify(result, null, 2)}\n`);
process.stderr.write(`written to ${file}\n`);

function preparedFor(settings: typeof asked, recipes: readonly Recipe[]): Promise<Prepared> {
  const configs = recipes.map((recipe) => recipe.config());
  return prepare(log, { settings, cacheFolder: options.cache, reporter, configs });
}

async function trained(prepared: Prepared, recipes: readonly Recipe[]): Promise<FinishedRun[]> {
  const configs = recipes.map((recipe) => recipe.config());
  const workers = Number(options.workers);
  const finished = await finishedRuns(prepared, { configs, seeds, workers, folder: options.folder, reporter });
  if (!finished) throw new Error('interrupted; the same command goes on');
  return [...finished];
}

/** What the simulator knows; none where no truth is given. */
async function truthOf({ dataset, encoded }: Prepared): Promise<Predictions[]> {
  if (options.truth === undefined) return [];
  const lists = encoded.test.map((index) => listB[index]);
  const valueS = await readTruth(options.truth, dataset, lists);
  return [{ recipe: TRUTH, seed: 0, scale: 'probability', valueS, threshold: Number.NaN }];
}
