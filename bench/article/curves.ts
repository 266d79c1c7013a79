/** What the learning curves of a cell say, read from its run folders. Legend: E epochs, N seeds. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EpochRecord } from '../../src/train/epoch-record.ts';
import { type OverSeeds, overSeeds } from './over-seeds.ts';

/** Of one recipe; differences are to the cell's first. */
export interface CurveRow {
  /** Log loss of clicks by epoch, and the whole loss's gradient on unclicked items: means over seeds. */
  readonly trainE: readonly number[];
  readonly validationE: readonly number[];
  readonly gradientE: readonly number[];
  /** What is read off the curves, in hundredths where it is a loss or an area. */
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
  | 'trainAtLast'
  | 'validationAtLast'
  /** ROC AUC on validation: of the epoch of the lowest loss, and of the last one, which somebody has who keeps no best epoch. */
  | 'rocAucAtLeast'
  | 'rocAucAtLast';

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
  validationAtLast: ({ last }) => 100 * last.validation.logLoss,
  rocAucAtLeast: ({ least }) => 100 * least.metrics.rocAuc,
  rocAucAtLast: ({ last }) => 100 * last.metrics.rocAuc,
};

export interface CurvesOptions {
  /** Where the cell's runs are. */
  readonly folder: string;
  /** The first is what the others are compared with. */
  readonly recipes: readonly string[];
  readonly seeds: readonly number[];
}

export async function readCurves({ folder, recipes, seeds }: CurvesOptions): Promise<readonly CurveRow[]> {
  const ofRun = async (recipe: string, seed: number): Promise<readonly EpochRecord[]> => {
    const text = await readFile(join(folder, 'runs', `${recipe}-seed-${seed}`, 'curve.json'), 'utf8');
    return (JSON.parse(text) as { readonly epochs: readonly EpochRecord[] }).epochs;
  };
  const all = await Promise.all(recipes.map((recipe) => Promise.all(seeds.map((seed) => ofRun(recipe, seed)))));
  return all.map(
    (runsN): CurveRow => ({
      trainE: meanOverSeeds(runsN, ({ train }) => train.logLoss),
      validationE: meanOverSeeds(runsN, ({ validation }) => validation.logLoss),
      gradientE: meanOverSeeds(runsN, ({ gradientOnNegatives }) => gradientOnNegatives),
      curves: Object.fromEntries(
        Object.entries(curveFigures).map(([name, figure]) => {
          const [own, alone] = [runsN, all[0]].map((each) => each.map((epochs) => figure(ends(epochs))));
          return [name, overSeeds(own, alone)];
        }),
      ) as CurveRow['curves'],
    }),
  );
}

function ends(epochs: readonly EpochRecord[]): Ends {
  const least = epochs.reduce((best, one) => (one.validation.logLoss < best.validation.logLoss ? one : best));
  return { least, last: epochs[epochs.length - 1] };
}

const meanOverSeeds = (
  runsN: readonly (readonly EpochRecord[])[],
  value: (epoch: EpochRecord) => number,
): readonly number[] =>
  runsN[0].map((_, e) => {
    const mean = runsN.reduce((sum, epochs) => sum + value(epochs[e]), 0) / runsN.length;
    return Number(mean.toPrecision(5));
  });
