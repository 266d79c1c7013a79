/**
 * What calibration does on test lists: one training a seed, its logits as they are and in each form fitted on validation, and the form that validation chooses.
 *
 *     npx tsx bench/calibration.ts events.jsonl.gz --split user --recipe attention-bce --seeds 3 --name ranklens-user
 *
 * Log losses have intervals over users and seeds, paired to no calibration; what is predicted less found over users, with these trainings. The result goes to results/.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { settingsOf } from '../src/cli/asked-settings.ts';
import { createReporter } from '../src/cli/progress.ts';
import { prepare } from '../src/jobs/prepare.ts';
import { factFields, listFacts } from '../src/jobs/recipes/list-facts.ts';
import { readTestSlots } from '../src/jobs/recipes/test-slots.ts';
import { trainRecipe } from '../src/jobs/recipes/train-recipe.ts';
import { resolveRecipe } from '../src/jobs/settings.ts';
import { versions } from '../src/jobs/version.ts';
import { RANDOM_ORDER, referencePredictions } from '../src/measure/baselines.ts';
import { compareSystems } from '../src/measure/compare-systems.ts';
import type { Predictions } from '../src/measure/predictions.ts';
import { countPart } from '../src/measure/protocol.ts';
import { type SystemReliability, systemReliability } from '../src/measure/system-reliability.ts';
import { clickCountErrorMetric } from '../src/metrics/click-count-error.ts';
import { listLogLossMetric } from '../src/metrics/list-log-loss.ts';
import { logLossMetric } from '../src/metrics/log-loss.ts';
import { gapText } from '../src/print/text/reliability-text.ts';
import { calibratedLogits } from '../src/scoring/calibration/calibration.ts';
import { predict } from '../src/scoring/predict.ts';
import { createScoringPool } from '../src/scoring/scoring-pool.ts';
import { createRegistry } from '../src/slate/registry.ts';
import {
  type CalibrationChoice,
  calibrationChoices,
  fitCalibration,
} from '../src/train/calibration/fit-calibration.ts';
import { commitNow, resultName, thisMachine } from './machine.ts';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    split: { type: 'string', default: 'time' },
    recipe: { type: 'string', default: 'attention-bce' },
    seeds: { type: 'string', default: '3' },
    workers: { type: 'string', default: '1' },
    name: { type: 'string', default: 'log' },
    cache: { type: 'string', default: '.cache/slatewise' },
    out: { type: 'string', default: fileURLToPath(new URL('./results', import.meta.url)) },
  },
});
const [log] = positionals;
const { split, name } = options;
if (log === undefined) throw new Error('expected an event log or a data set folder as the first argument');
if (split !== 'time' && split !== 'user') throw new Error(`--split: expected time or user, found "${split}"`);

const started = new Date();
const machine = thisMachine();
const settings = await settingsOf({ split });
const reporter = createReporter();
const config = resolveRecipe(options.recipe, settings);
const workers = Number(options.workers);
const prepared = await prepare(log, { settings, cacheFolder: options.cache, reporter, configs: [config] });
const { slates, ...indices } = prepared.encoded;
const [train, validation, test] = [indices.train, indices.validation, indices.test].map((part) =>
  slates.outcomes(part),
);

const seeds = Array.from({ length: Number(options.seeds) }, (_, index) => index + 1);
const predictions: (Predictions & { calibration: string })[] = [];
const fits: unknown[] = [];
for (const seed of seeds) {
  const trained = await trainRecipe(prepared, { config, seed, workers, reporter });
  if (!trained) throw new Error('interrupted');
  const { model, threshold } = trained;
  const pool = await createScoringPool(model, workers);
  const [onValidation, onTest] = await Promise.all(
    [indices.validation, indices.test].map((part) => predict(pool, model.tables, { slates, indices: part })),
  );
  await pool.close();
  for (const choice of calibrationChoices) {
    const { calibration, trials } = fitCalibration({ ...validation, logitS: onValidation.logits }, choice);
    fits.push({ seed, choice, calibration, trials });
    const valueS = calibratedLogits(calibration, onTest.logits);
    predictions.push({ recipe: choice, seed, scale: 'logit', valueS, threshold, calibration: calibration.form });
  }
}
const references = referencePredictions({ train, validation, test }).filter(({ recipe }) => recipe === RANDOM_ORDER);

const report = compareSystems(test, [...predictions, ...references], {
  ...{ baseline: 'none', references: [RANDOM_ORDER], pairedBySeed: [[...calibrationChoices]] },
  metrics: createRegistry('metric', [logLossMetric, listLogLossMetric, clickCountErrorMetric]),
  protocol: {
    data: basename(log),
    split: `by ${split}`,
    parts: { train: countPart(train), validation: countPart(validation), test: countPart(test) },
    seeds,
    epochSource: `best validation ${config.metric}`,
    thresholdSource: 'best F1 on validation, per seed',
    command: `bench/calibration.ts ${basename(log)} --split ${split} --recipe ${options.recipe} --seeds ${seeds.length}`,
    versions: versions(),
  },
});
const { schema } = prepared.encoded.features;
const slots = await readTestSlots(
  prepared,
  factFields(schema, undefined).map(({ name }) => name),
);
const facts = listFacts({ slots, schema, outcomes: test }, undefined);
const reliability = [...calibrationChoices, RANDOM_ORDER].map((choice: CalibrationChoice | string) =>
  systemReliability(
    test,
    [...predictions, ...references].filter(({ recipe }) => recipe === choice),
    facts,
  ),
);

console.log(
  '| calibration | log loss of items | less none, points | error of items, debiased | clicks a list: predicted less found | error of clicks a list, debiased |',
);
console.log('|---|---|---|---|---|---|');
for (const row of reliability) console.log(`| ${lineOf(row).join(' | ')} |`);

const file = join(options.out, `calibration-${name}-${resultName(started, machine)}.json`);
await mkdir(options.out, { recursive: true });
const result = { started: started.toISOString(), machine, commit: commitNow(), report, reliability, fits };
await writeFile(file, `${JSON.stringify(result, null, 1)}\n`);
process.stderr.write(`written to ${file}\n`);

function lineOf({ name: choice, calibrations, items, lists }: SystemReliability): readonly string[] {
  const cell = report.systems.find((row) => row.name === choice)?.metrics.logLoss;
  const to = cell?.toBaseline;
  const [all, clicks] = lists;
  return [
    choice === 'choose' ? `chosen: ${calibrations.join(', ')}` : choice,
    cell?.mean?.toFixed(4) ?? '',
    to ? [to.points, to.low, to.high].map((x) => x.toFixed(3)).join(' ') : '',
    `${items[0].error.rootMeanSquare.toFixed(4)}, ${items[0].error.debiased.toFixed(4)}`,
    gapText(all.rows[0], 'clicks'),
    `${clicks.error.rootMeanSquare.toFixed(3)}, ${clicks.error.debiased.toFixed(3)}`,
  ];
}
