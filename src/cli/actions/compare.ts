import { join } from 'node:path';
import { REPORT_JSON, REPORT_MARK, REPORT_PAGE } from '../../files/file-kinds.ts';
import { COMPARISON_FOLDER } from '../../files/folder-kinds.ts';
import { openGrowing } from '../../files/output-folder.ts';
import { checkOutputs, type Output } from '../../files/outputs.ts';
import { writeText } from '../../files/write-text.ts';
import { kindsOf } from '../../jobs/kinds.ts';
import { prepare } from '../../jobs/prepare.ts';
import { type Comparison, compareRecipes } from '../../jobs/recipes/compare-recipes.ts';
import { keepModel } from '../../jobs/recipes/kept-model.ts';
import { keepExampleSlates } from '../../jobs/report/example-slates.ts';
import { runsBelow } from '../../jobs/runs/find-runs.ts';
import { resolveRecipe, type Settings } from '../../jobs/settings.ts';
import { renderText } from '../../print/text/render-text.ts';
import { unknownName } from '../../slate/nearest-name.ts';
import type { TrainingConfig } from '../../train/recipes/training-config.ts';
import { checkRecipes, settingsOf } from '../asked-settings.ts';
import { Interrupted, UsageError } from '../exit-codes.ts';
import { abortOnInterrupt } from '../interrupt.ts';
import type { DataArguments } from '../options/data-options.ts';
import type { TrackingArguments } from '../options/tracking-options.ts';
import { printJson } from '../print-json.ts';
import { createReporter } from '../progress.ts';
import { reportContents } from '../report-contents.ts';
import { judgeRejects } from '../told-rejects.ts';
import { trackerOf } from '../tracker-of.ts';

/** What to do about a baseline that is not compared. */
const COMPARE_TOO = 'name one of these, or compare it too: --recipes';

/** Written beside `runs/`. */
const REPORT = { html: 'report.html', json: 'report.json' } as const;

export interface CompareArguments extends DataArguments, TrackingArguments {
  readonly recipes: readonly string[];
  readonly seeds: number;
  readonly out: string;
  readonly from?: readonly string[];
  readonly truth?: string;
  readonly value?: string;
  readonly by?: readonly string[];
  readonly baseline?: string;
}

export async function runCompare(data: string, options: CompareArguments): Promise<void> {
  await compareData(data, { ...options, settings: await settingsOf(options) });
}

/** Before any work: what `compare` writes, and what more it is given. */
export function checkComparisonOutputs(
  data: string | undefined,
  {
    out,
    cache,
    truth,
    config,
    note,
    more = [],
  }: Pick<CompareArguments, 'out' | 'cache' | 'truth' | 'config'> & {
    readonly note: (message: string) => void;
    readonly more?: readonly Output[];
  },
): Promise<void> {
  return checkOutputs(
    [
      { path: out, growing: COMPARISON_FOLDER },
      { path: join(out, REPORT.html), file: REPORT_PAGE },
      { path: join(out, REPORT.json), file: REPORT_JSON },
      { path: cache, cache: true },
      ...more,
    ],
    { inputs: [data, truth, config || undefined], note },
  );
}

/** Compares and prints; `demo` does the same on its own log. */
export async function compareData(
  data: string,
  options: CompareArguments & { readonly settings: Settings },
): Promise<void> {
  const { settings, seeds, workers, out, cache } = options;
  const names = recipesAsked(options);
  if (options.baseline !== undefined && !names.includes(options.baseline))
    throw new UsageError(`--baseline: ${unknownName(options.baseline, names, COMPARE_TOO)}`);
  const configs = names.map((name) => resolveRecipe(name, settings));
  const explained = listModelOf(configs, options);
  const reporter = createReporter();
  await checkComparisonOutputs(data, { ...options, note: reporter.note });
  const known = await runsBelow(options.from ?? []);
  const signal = abortOnInterrupt();
  const prepared = await prepare(data, { settings, cacheFolder: cache, reporter, configs, workers, signal });
  await openGrowing(out, COMPARISON_FOLDER);
  const comparison = await compareRecipes(prepared, {
    configs,
    seeds: Array.from({ length: seeds }, (_, index) => index + 1),
    workers,
    folder: out,
    command: `slatewise ${process.argv.slice(2).join(' ')}`,
    reporter,
    signal,
    known,
    tracker: trackerOf(options, reporter.note),
    onTrained: async (trained, run) => {
      const { config, seed, folder } = run;
      if (config !== explained || seed !== 1) return;
      await keepExampleSlates(prepared, trained, { folder, workers, seed, signal });
      await keepModel(prepared, trained, run);
    },
    ...(options.truth === undefined ? {} : { truth: options.truth }),
    ...(options.value === undefined ? {} : { value: options.value }),
    ...(options.by === undefined ? {} : { by: options.by }),
    ...(options.baseline === undefined ? {} : { baseline: options.baseline }),
  });
  if (!comparison) throw new Interrupted(`interrupted; the same command goes on from ${out}`);
  const files = await writeReports(comparison, options);
  const { report, curves } = comparison;
  if (options.json) printJson({ ...report, curves, gapShares: comparison.gapShares, files });
  else {
    const table = renderText(report, { curves, color: process.stdout.isTTY === true });
    process.stdout.write(`${[table, ...gapLines(comparison), `report: ${files.html}`].join('\n\n')}\n`);
  }
  judgeRejects(prepared.dataset.summary, options.allowRejects, join(prepared.dataset.folder, 'rejected.jsonl'));
}

/** The list model that the report explains on a few slates: the baseline, or the first. */
function listModelOf(
  configs: readonly TrainingConfig[],
  { settings, baseline = 'attention-bce' }: { readonly settings: Settings; readonly baseline?: string },
): TrainingConfig | undefined {
  const { scorers } = kindsOf(settings.kinds);
  const seeing = configs.filter(({ scorer }) => scorers.named(scorer).seesCompany);
  return seeing.find(({ recipe }) => recipe === baseline) ?? seeing[0];
}

function gapLines({ gapShares }: Comparison): readonly string[] {
  if (gapShares.length === 0) return [];
  const shares = gapShares.map(({ recipe, share }) => `  ${recipe}: ${(100 * share).toFixed(1)} %`);
  return [
    `No model can have a lower log loss than the truth of the simulator. ${gapShares[0].pointwise}, which scores item by item, lies above it. The others close this share of the gap (means over seeds, without intervals):\n${shares.join('\n')}`,
  ];
}

async function writeReports(
  { report, figures, curves, configs, gapShares, runs }: Comparison,
  { out, from, config }: Pick<CompareArguments, 'out' | 'from' | 'config'>,
): Promise<{ readonly html: string; readonly json: string }> {
  const files = { html: join(out, REPORT.html), json: join(out, REPORT.json) };
  const keys = runs.map((run) => ({ recipe: run.config.recipe, seed: run.seed, key: run.key }));
  const json = { ...REPORT_MARK, ...report, figures, curves, gapShares, configs, runs: keys };
  await writeText(files.json, `${JSON.stringify(json, null, 1)}\n`);
  // The chart library takes a second to load; only this needs it.
  const { reportPage } = await import('../../print/html/report-page.ts');
  const { pageMarkup } = await import('../../print/html/page.ts');
  const contents = await reportContents(out, { from, ...(config === undefined ? {} : { config }) });
  await writeText(files.html, pageMarkup(reportPage(contents)));
  return files;
}

/** With those that the config brings; throws `UsageError` for a name that no recipe has. */
function recipesAsked({
  recipes: given,
  settings,
}: {
  readonly recipes: readonly string[];
  readonly settings: Settings;
}): readonly string[] {
  if (given.join() === 'all') return kindsOf(settings.kinds).recipes.names;
  if (given.includes('all'))
    throw new UsageError(
      `--recipes: expected names of recipes, or all by itself, found ${JSON.stringify(given.join())}; leave out all, or the others`,
    );
  checkRecipes('--recipes', given, { settings });
  return given;
}
