import { ITEM_RATE, REFERENCES, referencePredictions } from '../../measure/baselines.ts';
import { compareSystems } from '../../measure/compare-systems.ts';
import type { ComparisonReport } from '../../measure/comparison-report.ts';
import type { LearningCurve } from '../../measure/learning-curve.ts';
import type { Predictions } from '../../measure/predictions.ts';
import { countPart } from '../../measure/protocol.ts';
import { bestF1Threshold } from '../../metrics/best-f1-threshold.ts';
import type { Metric } from '../../metrics/metric.ts';
import { checkOptionsArgument } from '../../slate/check-argument.ts';
import type { TrainingConfig } from '../../train/recipes/training-config.ts';
import { kindsOf } from '../kinds.ts';
import { checkPrepared, type Prepared } from '../prepare.ts';
import { versions } from '../version.ts';
import { finishedRuns, type RunsOptions } from './finished-runs.ts';
import { worthMetrics } from './item-values.ts';
import { type FinishedRun, predictionsOf } from './run-store.ts';
import { type GapShare, gapShares, readTruth, TRUTH } from './truth.ts';

/** What is compared, and how. */
export interface CompareOptions extends RunsOptions {
  readonly command: string;
  readonly resamples?: number;
  /** The truth file of a simulated log. */
  readonly truth?: string;
  /** A field of the items with a number, such as `price`: what the clicks on a list are worth is told too. */
  readonly value?: string;
}

/** A finished comparison. */
export interface Comparison {
  readonly report: ComparisonReport;
  readonly curves: readonly LearningCurve[];
  readonly configs: Readonly<Record<string, TrainingConfig>>;
  readonly runs: readonly FinishedRun[];
  /** Where the truth is known. */
  readonly gapShares: readonly GapShare[];
}

/** Trains every recipe with every seed on the same data and compares them, and what costs nothing, on the test part. Undefined when interrupted. */
export async function compareRecipes(prepared: Prepared, options: CompareOptions): Promise<Comparison | undefined> {
  checkPrepared(prepared, 'compareRecipes');
  checkOptionsArgument(options, 'compareRecipes', ['configs', 'seeds', 'workers', 'folder', 'command', 'reporter']);
  const { configs } = options;
  // First of all: a truth that does not fit should not cost the trainings.
  const truths = await truthPredictions(prepared, options.truth);
  const { slates, test } = prepared.encoded;
  const worth = await worthMetrics(options.value, { ...prepared, offsetsB: slates.outcomes(test).offsets });
  const runs = await finishedRuns(prepared, options);
  if (!runs) return undefined;
  const report = reportOf(prepared, runs, { ...options, truths, worth });
  const pointwise = new Set(configs.filter(scoresItemByItem(prepared)).map(({ recipe }) => recipe));
  return {
    report,
    gapShares: gapShares(report, (recipe) => pointwise.has(recipe)),
    curves: runs.map(({ config, seed, epochs, keptEpoch }) => ({
      recipe: config.recipe,
      seed,
      epochs: epochs.map((record) => ({ ...record, metric: record.metrics[config.metric] })),
      keptEpoch,
    })),
    configs: Object.fromEntries(configs.map((config) => [config.recipe, config])),
    runs,
  };
}

/** The truth as one more reference, its threshold chosen on validation like everyone's. */
async function truthPredictions(
  { encoded, dataset }: Prepared,
  path: string | undefined,
): Promise<readonly Predictions[]> {
  if (path === undefined) return [];
  const { slates, listB, validation, test } = encoded;
  const of = (part: Int32Array): Promise<Float64Array> =>
    readTruth(
      path,
      dataset,
      part.map((index) => listB[index]),
    );
  const { threshold } = bestF1Threshold(await of(validation), slates.outcomes(validation).labelS);
  return [{ recipe: TRUTH, seed: 0, scale: 'probability', valueS: await of(test), threshold }];
}

function reportOf(
  prepared: Prepared,
  runs: readonly FinishedRun[],
  options: CompareOptions & { truths: readonly Predictions[]; worth: readonly Metric[] },
): ComparisonReport {
  const { encoded, path, settings } = prepared;
  const { slates } = encoded;
  const [train, validation, test] = [encoded.train, encoded.validation, encoded.test].map((indices) =>
    slates.outcomes(indices),
  );
  const pointwise = options.configs.find(scoresItemByItem(prepared));
  const references = referencePredictions({ train, validation, test });
  const { by, train: trainShare, validation: validationShare, seed } = settings.split;
  const shares = [trainShare, validationShare, 1 - trainShare - validationShare]
    .map((share) => `${Math.round(share * 100)} %`)
    .join(' / ');
  return compareSystems(test, [...runs.map(predictionsOf), ...references, ...options.truths], {
    baseline: baselineOf(options.configs),
    references: [...REFERENCES, ...options.truths.map(({ recipe }) => recipe)],
    itemRate: ITEM_RATE,
    ...(pointwise ? { pointwise: pointwise.recipe } : {}),
    pairedBySeed: sameStart(options.configs),
    metrics: kindsOf(settings.kinds).metrics.with(options.worth),
    ...(options.resamples === undefined ? {} : { resamples: options.resamples }),
    protocol: {
      data: path,
      split:
        by === 'time'
          ? `by time, ${shares} of the lists (train / validation / test)`
          : `by user, ${shares} of the users (train / validation / test, split seed ${seed}); held-out users are replayed after the training users`,
      parts: { train: countPart(train), validation: countPart(validation), test: countPart(test) },
      seeds: options.seeds,
      epochSource: `best validation ${[...new Set(options.configs.map(({ metric }) => metric))].join(' or ')}`,
      thresholdSource: 'best F1 on validation, per seed',
      command: options.command,
      versions: versions(),
    },
  });
}

/** Whether a recipe's scorer sees no list. */
const scoresItemByItem = ({ settings }: Prepared): ((config: TrainingConfig) => boolean) => {
  const { scorers } = kindsOf(settings.kinds);
  return ({ scorer }) => !scorers.named(scorer).seesCompany;
};

/** Recipes of one architecture draw the same weights, order of lists and dropout with one seed. */
function sameStart(configs: readonly TrainingConfig[]): readonly (readonly string[])[] {
  const groups = new Map<string, string[]>();
  for (const { scorer, model, recipe } of configs) {
    const key = JSON.stringify([scorer, model]);
    groups.set(key, [...(groups.get(key) ?? []), recipe]);
  }
  return [...groups.values()].filter(({ length }) => length > 1);
}

/** The list scorer trained on clicks alone, as in the article; else the first recipe. */
const baselineOf = (configs: readonly TrainingConfig[]): string =>
  (configs.find(({ recipe }) => recipe === 'attention-bce') ?? configs[0]).recipe;
