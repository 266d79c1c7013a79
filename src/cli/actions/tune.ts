import { join } from 'node:path';
import Table from 'cli-table3';
import { TUNED_CONFIG, TUNED_MARK } from '../../files/file-kinds.ts';
import { TUNING_FOLDER } from '../../files/folder-kinds.ts';
import { openGrowing } from '../../files/output-folder.ts';
import { checkOutputs } from '../../files/outputs.ts';
import { writeText } from '../../files/write-text.ts';
import { prepare } from '../../jobs/prepare.ts';
import { type Trial, tuneRecipe } from '../../jobs/recipes/tune.ts';
import { resolveRecipe } from '../../jobs/settings.ts';
import { checkRecipes, settingsOf } from '../asked-settings.ts';
import { Interrupted } from '../exit-codes.ts';
import { abortOnInterrupt } from '../interrupt.ts';
import type { DataArguments } from '../options/data-options.ts';
import type { TrackingArguments } from '../options/tracking-options.ts';
import { printJson } from '../print-json.ts';
import { createReporter } from '../progress.ts';
import { judgeRejects } from '../told-rejects.ts';
import { trackerOf } from '../tracker-of.ts';

export interface TuneArguments extends DataArguments, TrackingArguments {
  readonly recipe: string;
  readonly trials: number;
  readonly seed: number;
  readonly out: string;
}

export async function runTune(data: string, options: TuneArguments): Promise<void> {
  const settings = await settingsOf(options);
  checkRecipes('--recipe', [options.recipe], { settings });
  const config = resolveRecipe(options.recipe, settings);
  const reporter = createReporter();
  const file = join(options.out, 'config.json');
  await checkOutputs(
    [
      { path: options.out, growing: TUNING_FOLDER },
      { path: file, file: TUNED_CONFIG },
      { path: options.cache, cache: true },
    ],
    { inputs: [data, options.config || undefined], note: reporter.note },
  );
  const signal = abortOnInterrupt();
  const { workers, cache: cacheFolder } = options;
  const prepared = await prepare(data, { settings, configs: [config], workers, cacheFolder, reporter, signal });
  await openGrowing(options.out, TUNING_FOLDER);
  const tracker = trackerOf(options, reporter.note);
  const trials = await tuneRecipe(prepared, { ...options, config, folder: options.out, reporter, signal, tracker });
  if (!trials) throw new Interrupted(`interrupted; the same command goes on from ${options.out}`);
  const [best] = trials;
  const { kinds, ...plain } = settings;
  const found = { ...TUNED_MARK, ...plain, recipes: { ...settings.recipes, [options.recipe]: best.config } };
  await writeText(file, `${JSON.stringify(found, null, 2)}\n`);
  if (kinds.length > 0)
    reporter.note(
      `${file}: holds no kinds, which are code; take it into your config file: export default { ...JSON.parse(readFileSync('${file}', 'utf8')), kinds }`,
    );
  if (options.json) printJson({ config: file, trials });
  else process.stdout.write(`${tableOf(trials)}\nbest: trial ${best.index}; ${file}\n`);
  judgeRejects(prepared.dataset.summary, options.allowRejects, join(prepared.dataset.folder, 'rejected.jsonl'));
}

function tableOf(trials: readonly Trial[]): string {
  const [{ config }] = trials;
  const head = [
    'trial',
    'rate',
    'width',
    'dropout',
    'decay',
    ...config.losses.slice(1).map(({ name }) => `${name} weight`),
  ];
  const table = new Table({
    head: [...head, 'epochs', 'log loss', 'ROC AUC', 'NDCG@10'],
    style: { head: [], border: [] },
  });
  for (const { index, config: tried, record, epochs } of trials) {
    const { model, optimizer, losses } = tried;
    const { logLoss, rocAuc, ndcgAt10 } = record.metrics;
    table.push([
      index === 0 ? '0 (recipe)' : index,
      optimizer.learningRate,
      model.width,
      model.dropout,
      optimizer.weightDecay,
      ...losses.slice(1).map(({ weight }) => weight),
      epochs,
      ...[logLoss, rocAuc, ndcgAt10].map((value) => value.toFixed(4)),
    ]);
  }
  return table.toString();
}
