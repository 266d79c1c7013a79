/** One cell: its recipes trained with every seed, and what is said of each. Legend: E epochs, N seeds. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Prepared, prepare } from '../../src/jobs/prepare.ts';
import { finishedRuns } from '../../src/jobs/recipes/finished-runs.ts';
import { predictionsOf } from '../../src/jobs/recipes/run-store.ts';
import { settingsDefaults } from '../../src/jobs/settings.ts';
import { versions } from '../../src/jobs/version.ts';
import { compareSystems } from '../../src/measure/compare-systems.ts';
import type { MetricCell } from '../../src/measure/comparison-report.ts';
import type { Predictions } from '../../src/measure/predictions.ts';
import { countPart } from '../../src/measure/protocol.ts';
import { silentReporter } from '../../src/steps.ts';
import { lastEpochRun } from './last-epoch-run.ts';
import { logName, makeLog, splitOf } from './make-log.ts';
import { cellMetrics, type MetricName } from './metrics.ts';
import type { Cell } from './plan.ts';

/** A cell on the test part. */
export interface TestedCell extends Omit<Cell, 'configs'> {
  readonly parts: Readonly<Record<'train' | 'validation' | 'test', ReturnType<typeof countPart>>>;
  readonly length: { readonly batch: number; readonly epochs: number };
  readonly seconds: number;
  readonly rows: readonly TestedRow[];
}

export type TestFigures = Readonly<Record<MetricName, MetricCell>>;

/** One recipe of a cell; differences are to the cell's first. */
export interface TestedRow {
  readonly recipe: string;
  readonly isBaseline: boolean;
  /** Test part, of the epoch that was kept: intervals over seeds and users that hold for all rows of the cell together. */
  readonly test: TestFigures;
  /** Of graph attention: differences to self-attention with the same losses. */
  readonly toAttention?: TestFigures | undefined;
  /** Probability from which a click is predicted, by seed. */
  readonly thresholdN: readonly number[];
}

export interface MeasureOptions {
  readonly folder: string;
  readonly ranklens: string;
  readonly workers: number;
}

export const seedsOf = ({ seeds }: Cell): readonly number[] => Array.from({ length: seeds }, (_, index) => index + 1);

/** Where its trainings are: cells of one log share them. */
export function runsFolder({ log, ids, configs }: Cell, folder: string): string {
  const hasGraph = configs.some(({ scorer }) => scorer === 'graph');
  return join(folder, [logName(log), ...(ids ? ['ids'] : []), ...(hasGraph ? ['graph'] : [])].join('-'));
}

export async function measureCell(cell: Cell, { folder, ranklens, workers }: MeasureOptions): Promise<TestedCell> {
  const started = performance.now();
  const { configs, log, ids } = cell;
  const path = join(folder, `${logName(log)}.jsonl`);
  await makeLog(log, { path, ranklens });
  const encoders = { ...settingsDefaults.encoders, ...(ids ? { itemIdMinCount: 1, userIdMinCount: 1 } : {}) };
  const prepared = await prepare(path, {
    settings: { ...settingsDefaults, split: splitOf(log), encoders },
    ...{ cacheFolder: join(folder, 'cache'), reporter: silentReporter, configs },
  });
  const seeds = seedsOf(cell);
  const predictions = await predictionsIn(prepared, { cell, workers, folder: runsFolder(cell, folder) });
  await rm(join(folder, 'cache'), { recursive: true, force: true });

  const { slates, ...encoded } = prepared.encoded;
  const [train, validation, test] = [encoded.train, encoded.validation, encoded.test].map((part) =>
    slates.outcomes(part),
  );
  const parts = { train: countPart(train), validation: countPart(validation), test: countPart(test) };
  const [baseline] = configs;
  const compared = (among: readonly Predictions[], to: string): ReadonlyMap<string, TestFigures> => {
    const report = compareSystems(test, among, {
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
  const tested = compared(predictions, baseline.recipe);
  const runsOf = (recipe: string): Predictions[] => predictions.filter((one) => one.recipe === recipe);
  const rows = configs.map(({ recipe }): TestedRow => {
    const own = runsOf(recipe);
    const twin = recipe.replace('graph-', '');
    return {
      ...{ recipe, isBaseline: recipe === baseline.recipe },
      test: tested.get(recipe) as TestFigures,
      ...(twin === recipe ? {} : { toAttention: compared([...own, ...runsOf(twin)], twin).get(recipe) }),
      thresholdN: own.map(({ threshold }) => 1 / (1 + Math.exp(-threshold))),
    };
  });
  const { configs: _, ...told } = cell;
  const { batch, epochs } = baseline;
  return { ...told, parts, length: { batch, epochs }, seconds: (performance.now() - started) / 1000, rows };
}

interface RunsIn {
  readonly cell: Cell;
  readonly workers: number;
  readonly folder: string;
}

async function predictionsIn(prepared: Prepared, { cell, workers, folder }: RunsIn): Promise<readonly Predictions[]> {
  const { configs, keeps } = cell;
  const seeds = seedsOf(cell);
  if (keeps === 'last') {
    const all: Predictions[] = [];
    for (const config of configs)
      for (const seed of seeds) all.push(await lastEpochRun(prepared, { config, seed, workers }));
    return all;
  }
  const reporter = { ...silentReporter, note: (text: string) => void process.stderr.write(`  ${text}\n`) };
  const runs = await finishedRuns(prepared, { configs, seeds, workers, folder, reporter });
  if (!runs) throw new Error('interrupted; the same command goes on');
  return runs.map(predictionsOf);
}
