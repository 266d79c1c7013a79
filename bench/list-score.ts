/**
 * What the list's own score brings: log loss of the chance of any click, against that of its items' independent clicks and against one chance for every list.
 *
 *     npx slatewise compare events.jsonl.gz --split user --recipes all --seeds 3 --out runs/all
 *     npx tsx bench/list-score.ts events.jsonl.gz --split user --runs runs/all --name ranklens-user
 *
 * Nothing is trained: the runs of the comparison are read again. Intervals are over users and seeds; those to the constant hold for all recipes together.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { settingsOf } from '../src/cli/asked-settings.ts';
import { createReporter } from '../src/cli/progress.ts';
import { prepare } from '../src/jobs/prepare.ts';
import { resolveRecipe } from '../src/jobs/settings.ts';
import { versions } from '../src/jobs/version.ts';
import { ITEM_RATE, RANDOM_ORDER, REFERENCES, referencePredictions } from '../src/measure/baselines.ts';
import { compareSystems } from '../src/measure/compare-systems.ts';
import type { ComparisonReport, MetricCell } from '../src/measure/comparison-report.ts';
import type { Predictions } from '../src/measure/predictions.ts';
import { countPart } from '../src/measure/protocol.ts';
import { listLogLossMetric } from '../src/metrics/list-log-loss.ts';
import { createRegistry } from '../src/slate/registry.ts';
import { recipes } from '../src/train/recipes/recipes.ts';
import { finishedPredictions } from './finished-predictions.ts';
import { commitNow, resultName, thisMachine } from './machine.ts';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    split: { type: 'string', default: 'time' },
    seeds: { type: 'string', default: '3' },
    runs: { type: 'string', default: 'runs/all' },
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
const configs = recipes.names.map((recipe) => resolveRecipe(recipe, settings));
const prepared = await prepare(log, { settings, cacheFolder: options.cache, reporter, configs });
const { slates, ...indices } = prepared.encoded;
const [train, validation, test] = [indices.train, indices.validation, indices.test].map((part) =>
  slates.outcomes(part),
);
const seeds = Array.from({ length: Number(options.seeds) }, (_, index) => index + 1);
const references = referencePredictions({ train, validation, test });

const runs = await finishedPredictions(prepared, { folder: options.runs, configs, seeds, reporter });
const independent = runs.map(({ listLogitB: _, ...one }) => ({ ...one, recipe: `${one.recipe}, independent` }));

const toConstant = compared([...runs, ...references], RANDOM_ORDER, []);
const rows = recipes.names.map((recipe) => {
  const pair = [recipe, `${recipe}, independent`];
  const both = [...runs, ...independent].filter((one) => pair.includes(one.recipe));
  const report = compared(both, pair[1], [pair]);
  return {
    recipe,
    score: cellOf(report, recipe),
    independent: cellOf(report, pair[1]),
    constant: cellOf(toConstant, recipe).toBaseline,
  };
});
const [constant, itemRate] = [RANDOM_ORDER, ITEM_RATE].map((reference) => cellOf(toConstant, reference).mean);

console.log(
  '| log loss of any click | list score | independent | difference, points | to one chance for all, points |',
);
console.log('|---|---|---|---|---|');
for (const { recipe, score, independent: alone, constant: to } of rows)
  console.log(`| ${recipe} | ${digits(score)} | ${digits(alone)} | ${points(score.toBaseline)} | ${points(to)} |`);
console.log(`| one chance for all | ${constant?.toFixed(4)} | | | |`);
console.log(`| smoothed item rate | | ${itemRate?.toFixed(4)} | | |`);

const file = join(options.out, `list-score-${name}-${resultName(started, machine)}.json`);
await mkdir(options.out, { recursive: true });
const result = { started: started.toISOString(), machine, commit: commitNow(), constant, itemRate, rows };
await writeFile(file, `${JSON.stringify(result, null, 2)}\n`);
process.stderr.write(`written to ${file}\n`);

function compared(
  predictions: readonly Predictions[],
  baseline: string,
  pairedBySeed: readonly (readonly string[])[],
): ComparisonReport {
  return compareSystems(test, predictions, {
    ...{ baseline, pairedBySeed, references: REFERENCES, metrics: createRegistry('metric', [listLogLossMetric]) },
    protocol: {
      data: basename(log),
      split: `by ${split}`,
      parts: { train: countPart(train), validation: countPart(validation), test: countPart(test) },
      seeds,
      epochSource: 'best validation',
      thresholdSource: 'best F1 on validation, per seed',
      command: `bench/list-score.ts ${basename(log)} --split ${split}`,
      versions: versions(),
    },
  });
}

function cellOf({ systems }: ComparisonReport, system: string): MetricCell {
  const cell = systems.find((row) => row.name === system)?.metrics[listLogLossMetric.name];
  if (!cell) throw new Error(`${system}: not measured`);
  return cell;
}

function digits({ mean }: MetricCell): string {
  return mean === null ? '-' : mean.toFixed(4);
}

function points(cell: MetricCell['toBaseline']): string {
  if (!cell) return '-';
  const [by, low, high] = [cell.points, cell.low, cell.high].map((x) => `${x < 0 ? '' : '+'}${x.toFixed(2)}`);
  return `${by} [${low}, ${high}]`;
}
