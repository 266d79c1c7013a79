/**
 * Gradient-boosted trees on the features of `compare`, measured as `compare` measures:
 * `npx tsx bench/boosted-trees.ts <log> --split user --python <interpreter with LightGBM> [--recipes attention-bce]`. How to read it: bench/README.md.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { settingsOf } from '../src/cli/asked-settings.ts';
import { createReporter } from '../src/cli/progress.ts';
import { prepare } from '../src/jobs/prepare.ts';
import { trainRecipe } from '../src/jobs/recipes/train-recipe.ts';
import { versions } from '../src/jobs/version.ts';
import { ITEM_RATE, REFERENCES, referencePredictions } from '../src/measure/baselines.ts';
import { compareSystems } from '../src/measure/compare-systems.ts';
import type { Predictions } from '../src/measure/predictions.ts';
import { countPart } from '../src/measure/protocol.ts';
import { bestF1Threshold } from '../src/metrics/best-f1-threshold.ts';
import { renderText } from '../src/print/text/render-text.ts';
import { resolveRecipe } from '../src/steps.ts';
import { finishedPredictions } from './finished-predictions.ts';
import { commitNow, resultName, thisMachine } from './machine.ts';
import { featureTable, tableColumns } from './trees/feature-table.ts';
import { trainTrees } from './trees/tree-peer.ts';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    python: { type: 'string', default: process.env.SLATEWISE_PYTHON ?? '' },
    split: { type: 'string', default: 'time' },
    seeds: { type: 'string', default: '3' },
    tokens: { type: 'string', default: '50' },
    objectives: { type: 'string', default: 'logistic,LambdaMART' },
    // Trained with the same seeds and measured against the trees.
    recipes: { type: 'string', default: '' },
    // Folder of a finished comparison of the same log and split with them: nothing of it is trained again.
    runs: { type: 'string', default: '' },
    name: { type: 'string', default: 'log' },
    workers: { type: 'string', default: '1' },
    // LightGBM's threads spin while they wait: beside other processes one is the fastest.
    threads: { type: 'string', default: '1' },
    cache: { type: 'string', default: '.cache/slatewise' },
    out: { type: 'string', default: fileURLToPath(new URL('./results', import.meta.url)) },
    'no-file': { type: 'boolean', default: false },
  },
});
const [log] = positionals;
const { split } = options;
if (log === undefined) throw new Error('expected an event log or a data set folder as the first argument');
if (options.python === '') throw new Error('give an interpreter with LightGBM by --python or SLATEWISE_PYTHON');
if (split !== 'time' && split !== 'user') throw new Error(`--split: expected time or user, found "${split}"`);

const started = new Date();
const machine = thisMachine();
const settings = await settingsOf({ split });
const configs = options.recipes
  .split(',')
  .filter(Boolean)
  .map((name) => resolveRecipe(name, settings));
const reporter = createReporter();
const prepared = await prepare(log, { settings, cacheFolder: options.cache, reporter, configs });
const { encoded } = prepared;
const { slates, spec } = encoded;
const columns = tableColumns(spec, Number(options.tokens));
const seeds = Array.from({ length: Number(options.seeds) }, (_, index) => index + 1);
const trees = await trainTrees({
  python: options.python,
  columns: columns.names,
  parts: {
    train: featureTable(slates.columns, encoded.train, columns),
    validation: featureTable(slates.columns, encoded.validation, columns),
    test: featureTable(slates.columns, encoded.test, columns),
  },
  objectives: options.objectives.split(','),
  seeds,
  threads: Number(options.threads),
});

const [train, validation, test] = [encoded.train, encoded.validation, encoded.test].map((part) =>
  slates.outcomes(part),
);
const nameOf = (objective: string): string => `boosted trees, ${objective}`;
const boosted = trees.runs.map(
  ({ name, seed, validationLogitS, testLogitS }): Predictions => ({
    recipe: nameOf(name),
    seed,
    scale: 'logit',
    valueS: testLogitS,
    threshold: bestF1Threshold(validationLogitS, validation.labelS).threshold,
  }),
);
const nets =
  options.runs === ''
    ? await trainedNow()
    : await finishedPredictions(prepared, { folder: options.runs, configs, seeds, reporter });
const references = referencePredictions({ train, validation, test });
const command = [
  `bench/boosted-trees.ts ${basename(dirname(log))}/${basename(log)} --split ${split} --seeds ${seeds.length}`,
  `--tokens ${options.tokens} --objectives ${options.objectives}`,
  ...(configs.length > 0 ? [`--recipes ${options.recipes}`] : []),
  ...(options.runs === '' ? [] : ['--runs <those of compare>']),
].join(' ');
const shares = [settings.split.train, settings.split.validation].map((share) => `${Math.round(share * 100)} %`);
const report = compareSystems(test, [...boosted, ...nets, ...references], {
  baseline: nameOf('logistic'),
  references: REFERENCES,
  itemRate: ITEM_RATE,
  protocol: {
    data: `${basename(dirname(log))}/${basename(log)}`,
    split: `by ${split}, as compare splits: ${shares.join(' / ')} (train / validation), the rest test; split seed ${settings.split.seed}`,
    parts: { train: countPart(train), validation: countPart(validation), test: countPart(test) },
    seeds,
    epochSource: 'early stopping on validation (log loss; NDCG@10 for LambdaMART), settings chosen there too',
    thresholdSource: 'best F1 on validation, per seed',
    command,
    versions: { ...versions(), lightgbm: trees.version },
  },
});
process.stdout.write(`${renderText(report, { color: process.stdout.isTTY === true })}\n`);

if (!options['no-file']) {
  const runs = trees.runs.map(({ validationLogitS: _, testLogitS: __, ...run }) => run);
  const result = {
    recipes: configs,
    started: started.toISOString(),
    machine,
    commit: commitNow(),
    columns: columns.names,
  };
  const file = join(options.out, `boosted-trees-${options.name}-${split}-${resultName(started, machine)}.json`);
  await mkdir(options.out, { recursive: true });
  await writeFile(file, `${JSON.stringify({ ...result, trials: trees.trials, runs, report }, null, 2)}\n`);
  process.stderr.write(`written to ${file}\n`);
}

async function trainedNow(): Promise<readonly Predictions[]> {
  const nets: Predictions[] = [];
  for (const config of configs)
    for (const seed of seeds) {
      const trained = await trainRecipe(prepared, { config, seed, workers: Number(options.workers), reporter });
      if (!trained) throw new Error(`${config.recipe} seed ${seed}: interrupted`);
      const { threshold, testLogitS: valueS, testListLogitB: listLogitB } = trained;
      nets.push({ recipe: config.recipe, seed, scale: 'logit', valueS, listLogitB, threshold });
    }
  return nets;
}
