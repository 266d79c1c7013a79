/** The trainings of a diagnosis, as they are asked for and as they are found again. */

import { type SeededMetrics, seededMetrics } from '../../measure/seeded-metrics.ts';
import { mean } from '../../metrics/mean.ts';
import type { Metric } from '../../metrics/metric.ts';
import type { EpochRecord } from '../../train/epoch-record.ts';
import type { TrainingConfig } from '../../train/recipes/training-config.ts';
import type { Prepared } from '../prepare.ts';
import type { RunGroup } from '../recipes/finished-runs.ts';
import { type FinishedRun, predictionsOf } from '../recipes/run-store.ts';
import { partOfLists, withTrain } from './part-of-lists.ts';
import { type DiagnosisPlan, sharedLists } from './plan.ts';
import { forLists } from './variants.ts';

/** What all questions start from. */
export interface Studied {
  readonly prepared: Prepared;
  /** The recipe on clicks alone. */
  readonly config: TrainingConfig;
  readonly plan: DiagnosisPlan;
  readonly seeds: readonly number[];
}

/** One seed's training of a config on these lists, with as many steps as they need. */
export const groupOn = (
  prepared: Prepared,
  { train, config, seed, epochs }: { train: Int32Array; config: TrainingConfig; seed: number; epochs: number },
): RunGroup => ({
  prepared: withTrain(prepared, train),
  configs: [forLists(config, { lists: train.length, epochs })],
  seeds: [seed],
});

/** The lists of a share, by seed: those of the learning curve. */
export const listsOfShare = (
  { prepared, plan }: Studied,
  { share, seed }: { share: number; seed: number },
): Int32Array => partOfLists(prepared, { lists: sharedLists(plan, share), seed, by: 'lists' });

/** Name of the recipe's training on a share of the lists: on all of them its own. */
export const nameOfShare = ({ config: { recipe } }: Pick<Studied, 'config'>, share: number): string =>
  share === 1 ? recipe : `${recipe}-lists-${Math.floor(100 * share)}`;

/** What was trained, by name of the config. */
export interface Trained {
  has(name: string): boolean;
  /** By seed. */
  runs(name: string): readonly FinishedRun[];
  /** On the test lists, of each of these names. */
  metrics(names: readonly string[], metrics: readonly Metric[]): SeededMetrics;
  /** Mean over seeds of a figure of the kept epoch. */
  atKept(name: string, of: (record: EpochRecord) => number): number;
  /** Validation less train loss at the kept epoch. */
  gap(name: string): number;
}

export function trainedRuns({ encoded: { slates, test } }: Prepared, finished: readonly FinishedRun[]): Trained {
  const runs = (name: string): readonly FinishedRun[] => finished.filter(({ config }) => config.recipe === name);
  const atKept: Trained['atKept'] = (name, of) =>
    mean(runs(name).map(({ epochs, keptEpoch }) => of(epochs[keptEpoch - 1])));
  return {
    ...{ runs, atKept, has: (name) => runs(name).length > 0 },
    metrics(names, metrics) {
      const systems = names.map((name) => runs(name).map(predictionsOf));
      return seededMetrics(slates.outcomes(test), systems, { metrics });
    },
    gap: (name) => atKept(name, ({ train, validation }) => validation.logLoss - train.logLoss),
  };
}
