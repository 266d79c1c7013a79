/** A finished comparison, read from its folder. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { compareSystems } from '../../measure/compare-systems.ts';
import type { ComparisonReport } from '../../measure/comparison-report.ts';
import type { LearningCurve } from '../../measure/learning-curve.ts';
import type { Predictions } from '../../measure/predictions.ts';
import { type ReportFigures, reportFigures } from '../../measure/report-figures.ts';
import { metrics } from '../../metrics/metrics.ts';
import { InputError } from '../../slate/input-error.ts';
import { checkBaseline } from '../recipes/compare-recipes.ts';
import { loadKeptLists } from '../recipes/kept-lists.ts';
import { loadRun, predictionsOf } from '../recipes/run-store.ts';
import { runsBelow } from '../runs/find-runs.ts';

/** What `report.json` holds; the last three only where a version that keeps them wrote it. */
export interface StoredComparison {
  readonly report: ComparisonReport;
  readonly curves: readonly LearningCurve[];
  readonly configs: Readonly<Record<string, unknown>>;
  readonly figures?: ReportFigures;
  readonly runs?: readonly RunName[];
}

interface RunName {
  readonly recipe: string;
  readonly seed: number;
  readonly key: string;
}

type Stored = Partial<
  ComparisonReport & Omit<StoredComparison, 'report'> & { readonly slatewise: string; readonly gapShares: unknown }
>;

const FORMAT = 'slatewise-comparison/2';

/** Undefined where the folder has no `report.json`. Throws `InputError` for one that is not valid. */
export async function storedComparison(folder: string): Promise<StoredComparison | undefined> {
  const path = join(folder, 'report.json');
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR') throw error;
    return undefined;
  });
  if (text === undefined) return undefined;
  const json = jsonOf(text) as Stored | undefined;
  if (json?.format !== FORMAT || !Array.isArray(json.systems))
    throw new InputError(
      `${path}: expected a comparison of format ${FORMAT}, found ${json?.format === undefined ? 'none' : JSON.stringify(json.format)}; run its compare command again, which trains nothing twice`,
      json === undefined ? 'file-damaged' : 'other-format',
    );
  const { slatewise: _, curves = [], configs = {}, figures, runs, gapShares: __, ...report } = json;
  return {
    ...{ report: report as ComparisonReport, curves, configs },
    ...(figures ? { figures } : {}),
    ...(runs ? { runs } : {}),
  };
}

export interface AgainOptions {
  readonly baseline: string;
  /** Folders of runs that were taken from elsewhere. */
  readonly from: readonly string[];
}

/**
 * The same trainings held against another recipe, from what the folder keeps: nothing is trained, and no log is read. Metrics of one's own, and what clicks are worth, need the log, and are
 * left out. Throws `InputError` where the folder does not keep enough.
 */
export async function comparedAgain(
  folder: string,
  { report, runs, ...stored }: StoredComparison,
  { baseline, from }: AgainOptions,
): Promise<StoredComparison> {
  const recipes = report.systems.filter(({ kind }) => kind === 'recipe').map(({ name }) => name);
  checkBaseline(baseline, recipes);
  const { lists, references, slices } = await loadKeptLists(folder);
  const trained = await runPredictions(runs ?? [], [folder, ...from]);
  const predictions = [...trained, ...references];
  const { intervals, ...protocol } = report.protocol;
  const options = {
    ...{
      baseline,
      metrics,
      protocol,
      pairedBySeed: intervals.pairedBySeed,
      references: references.map(({ recipe }) => recipe),
    },
    ...{ resamples: intervals.resamples, level: intervals.level, bootstrapSeed: intervals.seed },
    ...(report.itemRate === null ? {} : { itemRate: report.itemRate }),
    ...(report.pointwise === null ? {} : { pointwise: report.pointwise }),
  };
  // What is predicted less found is the same, whoever is the baseline.
  const { reliability } = report;
  const again = { ...compareSystems(lists, predictions, options), ...(reliability ? { reliability } : {}) };
  return { ...stored, report: again, figures: reportFigures(lists, again, { ...options, predictions, slices }) };
}

async function runPredictions(names: readonly RunName[], folders: readonly string[]): Promise<readonly Predictions[]> {
  const found = await runsBelow(folders);
  const predictions: Predictions[] = [];
  for (const { recipe, seed, key } of names) {
    const alike = found.filter((run) => run.recipe === recipe && run.seed === seed);
    const runs = await Promise.all(alike.map((run) => loadRun(run.folder, { key, say: () => undefined })));
    const run = runs.find((one) => one !== undefined);
    if (!run)
      throw new InputError(
        `${folders.join(', ')}: expected the run of ${recipe} with seed ${seed} that was compared, found none; name the folder that has it, --from on the command line`,
        'file-not-found',
      );
    predictions.push(predictionsOf(run));
  }
  return predictions;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) ?? undefined;
  } catch {
    return undefined;
  }
}
