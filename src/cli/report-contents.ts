/** What a report is made of, found in its folder. */
import { readFile, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { MODEL_FOLDER } from '../files/folder-kinds.ts';
import { markIn } from '../files/output-folder.ts';
import { storedValidationCurves } from '../jobs/recipes/validation-curves.ts';
import { exampleSlates } from '../jobs/report/example-slates.ts';
import { modelSlates } from '../jobs/report/model-slates.ts';
import { resultsOf } from '../jobs/report/result-files.ts';
import { comparedAgain, storedComparison } from '../jobs/report/stored-comparison.ts';
import { storedCurves } from '../jobs/report/stored-curves.ts';
import { type FoundRun, findRuns, runsBelow } from '../jobs/runs/find-runs.ts';
import type { ReportContents } from '../print/html/report-page.ts';
import { loadModel } from '../scoring/model-folder.ts';
import { InputError } from '../slate/input-error.ts';
import { kindsIn } from './asked-settings.ts';

export interface ContentsOptions {
  readonly baseline?: string | undefined;
  readonly with?: readonly string[] | undefined;
  readonly from?: readonly string[] | undefined;
  /** False: `--no-config`. */
  readonly config?: string | false;
}

/** Throws `InputError` where there is nothing to tell of. */
export async function reportContents(folder: string, options: ContentsOptions): Promise<ReportContents> {
  const { baseline, from = [] } = options;
  const stored = await storedComparison(folder);
  const results = await resultsOf(folder, options.with ?? []);
  const name = basename(resolve(folder));
  if (stored) {
    const comparison = baseline === undefined ? stored : await comparedAgain(folder, stored, { baseline, from });
    const slates = await ofRuns([
      ...(await runsBelow([folder, ...from])),
      ...(await runsOfResults(options.with ?? [])),
    ]);
    return { name, comparison, ...slates, ...results };
  }
  if (baseline !== undefined)
    throw new InputError(
      `--baseline ${baseline}: expected the folder of a comparison, found no report.json in ${folder}; name another folder, or leave it out`,
      'invalid-option',
    );
  const runs = await findRuns(folder);
  if (runs.length === 0 && Object.keys(results).length === 0)
    throw new InputError(
      `${folder}: expected a comparison, trainings or a model, found neither report.json nor run.json in or below it; make one with npx slatewise compare <data> --out ${folder}`,
      'file-not-found',
    );
  const isModel = await markIn(folder, MODEL_FOLDER);
  const onValidation = isModel ? await storedValidationCurves(folder) : undefined;
  const trainings = {
    ...{ runs, curves: await storedCurves(runs), configs: await configsOf(runs) },
    ...(onValidation ? { onValidation } : {}),
  };
  const slates = isModel ? await ofModel(folder, options) : await ofRuns(runs);
  return { name, ...(runs.length > 0 ? { trainings } : {}), ...slates, ...results };
}

/** Runs beside results that are named as folders; a JSON file has none. */
async function runsOfResults(named: readonly string[]): Promise<readonly FoundRun[]> {
  const folders = await Promise.all(named.map(async (place) => ((await stat(place)).isDirectory() ? [place] : [])));
  return runsBelow(folders.flat());
}

type Slates = Pick<ReportContents, 'slates'>;

async function ofRuns(runs: readonly FoundRun[]): Promise<Slates> {
  for (const { folder, recipe } of runs) {
    const slates = await exampleSlates(folder);
    if (slates.length > 0) return { slates: { slates, recipe, ofTest: true } };
  }
  return {};
}

async function ofModel(folder: string, options: ContentsOptions): Promise<Slates> {
  const stored = await loadModel(folder, await kindsIn(options));
  const slates = await modelSlates(stored);
  return { slates: { slates, recipe: stored.card.recipe, ofTest: false } };
}

async function configsOf(runs: readonly FoundRun[]): Promise<Readonly<Record<string, unknown>>> {
  const configs = await Promise.all(
    runs.map(async ({ folder, recipe }) => {
      const text = await readFile(join(folder, 'config.json'), 'utf8').catch(() => undefined);
      return text === undefined ? [] : [[recipe, JSON.parse(text) as unknown] as const];
    }),
  );
  return Object.fromEntries(configs.flat());
}
