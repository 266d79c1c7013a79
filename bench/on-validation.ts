/**
 * Recipes compared on the validation part, where choices are made: the test part is not read.
 *
 *     npx tsx bench/on-validation.ts events.jsonl.gz --recipes two-stage,without-trend --config bench/two-stage-parts.ts --name two-stage-parts
 *
 * The validation part also chose each run's epoch, which flatters all of them alike. Differences, in points, refer to the first recipe.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { settingsOf } from '../src/cli/asked-settings.ts';
import { createReporter } from '../src/cli/progress.ts';
import { prepare } from '../src/jobs/prepare.ts';
import { compareRecipes } from '../src/jobs/recipes/compare-recipes.ts';
import { resolveRecipe } from '../src/jobs/settings.ts';
import { compareSystems } from '../src/measure/compare-systems.ts';
import type { Predictions } from '../src/measure/predictions.ts';
import { commitNow, resultName, thisMachine } from './machine.ts';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    recipes: { type: 'string', default: '' },
    config: { type: 'string', default: '' },
    split: { type: 'string', default: 'user' },
    seeds: { type: 'string', default: '3' },
    workers: { type: 'string', default: '1' },
    cache: { type: 'string', default: '.cache/slatewise' },
    runs: { type: 'string', default: 'runs/on-validation' },
    /** Recipes that begin from the same weights with the same seed, such as one system without a part each: their differences are taken seed by seed. */
    'same-start': { type: 'boolean', default: false },
    /** Of the result file. */
    name: { type: 'string', default: 'on-validation' },
    out: { type: 'string', default: fileURLToPath(new URL('./results', import.meta.url)) },
    'no-file': { type: 'boolean', default: false },
  },
});
const [log] = positionals;
const { split } = options;
const recipes = options.recipes.split(',').filter(Boolean);
if (log === undefined) throw new Error('on-validation: expected an event log or a data set folder; give it first');
if (recipes.length === 0) throw new Error('on-validation: expected recipes, found none; name them with --recipes');
if (split !== 'time' && split !== 'user') throw new Error(`--split: expected time or user, found "${split}"`);

const started = new Date();
const machine = thisMachine();
const settings = await settingsOf({ split, ...(options.config === '' ? {} : { config: options.config }) });
const configs = recipes.map((name) => resolveRecipe(name, settings));
const reporter = createReporter();
const prepared = await prepare(log, { settings, cacheFolder: options.cache, reporter, configs });
const { encoded } = prepared;
const command = `bench/on-validation.ts ${basename(log)} --split ${split} --recipes ${recipes.join()} --seeds ${options.seeds}`;
const comparison = await compareRecipes(
  { ...prepared, encoded: { ...encoded, test: encoded.validation } },
  {
    configs,
    seeds: Array.from({ length: Number(options.seeds) }, (_, index) => index + 1),
    workers: Number(options.workers),
    folder: options.runs,
    command,
    reporter,
  },
);
if (!comparison) throw new Error('on-validation: interrupted');
const [baseline] = recipes;
const { report } = comparison;
const predictions = comparison.runs.map(
  ({ config, seed, threshold, testLogitS, testListLogitB }): Predictions => ({
    recipe: config.recipe,
    ...{ seed, threshold, scale: 'logit', valueS: testLogitS, listLogitB: testListLogitB },
  }),
);
const compared = compareSystems(encoded.slates.outcomes(encoded.validation), predictions, {
  baseline,
  pairedBySeed: options['same-start'] ? [recipes] : [],
  protocol: report.protocol,
});
const shown = [...compared.systems, ...report.systems.filter(({ kind }) => kind === 'reference')];
const systems = shown.map(({ name, kind, metrics }) => ({
  name,
  metrics: Object.fromEntries(
    ['rocAuc', 'logLoss', 'ndcgAt10'].map((metric) => {
      const { toBaseline, ...rest } = metrics[metric];
      return [metric, { ...rest, toBaseline: kind === 'recipe' ? toBaseline : null }];
    }),
  ),
}));
const cell = (figure: number | null | undefined, digits: number): string => figure?.toFixed(digits) ?? '-';
for (const { name, metrics } of systems) {
  const figures = Object.entries(metrics).map(([metric, { mean, toBaseline }]) => {
    const [points, low, high] = [toBaseline?.points, toBaseline?.low, toBaseline?.high].map((each) => cell(each, 2));
    const difference = toBaseline ? ` (${points} [${low}, ${high}])` : '';
    return `${metric} ${cell(mean, 4)}${difference}`;
  });
  process.stdout.write(`${name.padEnd(28)} ${figures.join('  ')}\n`);
}
if (!options['no-file']) {
  const seconds = comparison.runs.map(({ config, seed, seconds: taken }) => ({ recipe: config.recipe, seed, taken }));
  const file = join(options.out, `${options.name}-${resultName(started, machine)}.json`);
  await mkdir(options.out, { recursive: true });
  const result = {
    started: started.toISOString(),
    machine,
    commit: commitNow(),
    command,
    part: 'validation',
    sameStart: options['same-start'],
  };
  await writeFile(file, `${JSON.stringify({ ...result, configs: comparison.configs, seconds, systems }, null, 1)}\n`);
}
