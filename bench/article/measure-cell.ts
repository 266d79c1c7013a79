/** One cell: its recipes trained with every seed, and what is said of each. Legend: E epochs, N seeds. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { prepare } from '../../src/jobs/prepare.ts';
import { finishedRuns } from '../../src/jobs/recipes/finished-runs.ts';
import { type FinishedRun, predictionsOf } from '../../src/jobs/recipes/run-store.ts';
import { settingsDefaults } from '../../src/jobs/settings.ts';
import { versions } from '../../src/jobs/version.ts';
import { compareSystems } from '../../src/measure/compare-systems.ts';
import type { MetricCell } from '../../src/measure/comparison-report.ts';
import { countPart } from '../../src/measure/protocol.ts';
import { silentReporter } from '../../src/steps.ts';
import type { EpochRecord } from '../../src/train/epoch-record.ts';
import { logName, makeLog, splitOf } from './make-log.ts';
import { cellMetrics, type MetricName } from './metrics.ts';
import { type OverSeeds, overSeeds } from './over-seeds.ts';
import type { Cell } from './plan.ts';

export interface MeasuredCell extends Omit<Cell, 'configs'> {
  readonly parts: Readonly<Record<'train' | 'validation' | 'test', ReturnType<typeof countPart>>>;
  readonly length: { readonly batch: number; readonly epochs: number };
  readonly seconds: number;
  readonly rows: readonly CellRow[];
}

export type TestFigures = Readonly<Record<MetricName, MetricCell>>;

/** One recipe of a cell; differences are to the cell's first. */
export interface CellRow {
  readonly recipe: string;
  readonly isBaseline: boolean;
  /** Test part, of the epoch that was kept: intervals over seeds and users that hold for all rows of the cell together. */
  readonly test: TestFigures;
  /** Of graph attention: differences to self-attention with the same losses. */
  readonly toAttention?: TestFigures | undefined;
  /** Probability from which a click is predicted, by seed. */
  readonly thresholdN: readonly number[];
  /** Log loss of clicks by epoch, and the whole loss's gradient on unclicked items: means over seeds. */
  readonly trainE: readonly number[];
  readonly validationE: readonly number[];
  readonly gradientE: readonly number[];
  /** What is read off the curves, in hundredths of a nat where it is a loss. */
  readonly curves: Readonly<Record<CurveFigure, OverSeeds>>;
}

export type CurveFigure =
  /** The lowest validation loss, and its epoch. */
  | 'least'
  | 'leastEpoch'
  /** How far validation rose from there to the last epoch. */
  | 'rise'
  /** Validation less training. */
  | 'gapAtLeast'
  | 'gapAtLast'
  | 'trainAtLeast'
  | 'trainAtLast';

interface Ends {
  /** The epoch of the lowest validation loss, and the last one. */
  readonly least: EpochRecord;
  readonly last: EpochRecord;
}

const curveFigures: Readonly<Record<CurveFigure, (of: Ends) => number>> = {
  least: ({ least }) => 100 * least.validation.logLoss,
  leastEpoch: ({ least }) => least.epoch,
  rise: ({ least, last }) => 100 * (last.validation.logLoss - least.validation.logLoss),
  gapAtLeast: ({ least }) => 100 * (least.validation.logLoss - least.train.logLoss),
  gapAtLast: ({ last }) => 100 * (last.validation.logLoss - last.train.logLoss),
  trainAtLeast: ({ least }) => 100 * least.train.logLoss,
  trainAtLast: ({ last }) => 100 * last.train.logLoss,
};

export interface MeasureOptions {
  readonly folder: string;
  readonly ranklens: string;
  readonly workers: number;
}

export async function measureCell(cell: Cell, { folder, ranklens, workers }: MeasureOptions): Promise<MeasuredCell> {
  const started = performance.now();
  const { configs, log, ids } = cell;
  const hasGraph = configs.some(({ scorer }) => scorer === 'graph');
  const at = join(folder, [logName(log), ...(ids ? ['ids'] : []), ...(hasGraph ? ['graph'] : [])].join('-'));
  const path = join(folder, `${logName(log)}.jsonl`);
  await makeLog(log, { path, ranklens });
  const encoders = { ...settingsDefaults.encoders, ...(ids ? { itemIdMinCount: 1, userIdMinCount: 1 } : {}) };
  const prepared = await prepare(path, {
    settings: { ...settingsDefaults, split: splitOf(log), encoders },
    ...{ cacheFolder: join(folder, 'cache'), reporter: silentReporter, configs },
  });
  const seeds = Array.from({ length: cell.seeds }, (_, index) => index + 1);
  const reporter = { ...silentReporter, note: (text: string) => void process.stderr.write(`  ${text}\n`) };
  const runs = await finishedRuns(prepared, { configs, seeds, workers, folder: at, reporter });
  if (!runs) throw new Error('interrupted; the same command goes on');
  await rm(join(folder, 'cache'), { recursive: true, force: true });

  const { slates, ...encoded } = prepared.encoded;
  const [train, validation, test] = [encoded.train, encoded.validation, encoded.test].map((part) =>
    slates.outcomes(part),
  );
  const parts = { train: countPart(train), validation: countPart(validation), test: countPart(test) };
  const [baseline] = configs;
  const compared = (among: readonly FinishedRun[], to: string): ReadonlyMap<string, TestFigures> => {
    const report = compareSystems(test, among.map(predictionsOf), {
      baseline: to,
      // One seed draws the same weights and the same order of lists for all that have one architecture.
      pairedBySeed: ['attention', 'graph'].map((scorer) =>
        configs.flatMap((config) => (config.scorer === scorer ? [config.recipe] : [])),
      ),
      metrics: cellMetrics,
      protocol: {
        ...{ data: logName(log), split: `by ${splitOf(log).by}`, parts, seeds, versions: versions() },
        ...{ epochSource: 'best validation logLoss', thresholdSource: 'best F1 on validation, per seed' },
        command: 'bench/article.ts',
      },
    });
    return new Map(report.systems.map(({ name, metrics }) => [name, metrics as TestFigures]));
  };
  const tested = compared(runs, baseline.recipe);
  const runsOf = (recipe: string): FinishedRun[] => runs.filter(({ config }) => config.recipe === recipe);
  const rows = configs.map(({ recipe }): CellRow => {
    const own = runsOf(recipe);
    const twin = recipe.replace('graph-', '');
    return {
      ...{ recipe, isBaseline: recipe === baseline.recipe },
      test: tested.get(recipe) as TestFigures,
      ...(twin === recipe ? {} : { toAttention: compared([...own, ...runsOf(twin)], twin).get(recipe) }),
      thresholdN: own.map(({ threshold }) => 1 / (1 + Math.exp(-threshold))),
      trainE: meanOverRuns(own, ({ train }) => train.logLoss),
      validationE: meanOverRuns(own, ({ validation }) => validation.logLoss),
      gradientE: meanOverRuns(own, ({ gradientOnNegatives }) => gradientOnNegatives),
      curves: Object.fromEntries(
        Object.entries(curveFigures).map(([name, figure]) => [
          name,
          overSeeds(
            own.map((run) => figure(ends(run))),
            runsOf(baseline.recipe).map((run) => figure(ends(run))),
          ),
        ]),
      ) as CellRow['curves'],
    };
  });
  const { configs: _, ...told } = cell;
  const { batch, epochs } = baseline;
  return { ...told, parts, length: { batch, epochs }, seconds: (performance.now() - started) / 1000, rows };
}

function ends({ epochs }: FinishedRun): Ends {
  const least = epochs.reduce((best, one) => (one.validation.logLoss < best.validation.logLoss ? one : best));
  return { least, last: epochs[epochs.length - 1] };
}

const meanOverRuns = (runs: readonly FinishedRun[], value: (epoch: EpochRecord) => number): number[] =>
  runs[0].epochs.map((_, e) => {
    const mean = runs.reduce((sum, { epochs }) => sum + value(epochs[e]), 0) / runs.length;
    return Number(mean.toPrecision(5));
  });
