import { ITEM_RATE, referencePredictions } from '../../measure/baselines.ts';
import { type ComparisonOptions, compareSystems } from '../../measure/compare-systems.ts';
import type { ComparisonReport } from '../../measure/comparison-report.ts';
import type { LearningCurve } from '../../measure/learning-curve.ts';
import type { Predictions } from '../../measure/predictions.ts';
import { countPart } from '../../measure/protocol.ts';
import { type ReportFigures, reportFigures } from '../../measure/report-figures.ts';
import { systemReliability } from '../../measure/system-reliability.ts';
import { bestF1Threshold } from '../../metrics/best-f1-threshold.ts';
import { listValueMetrics } from '../../metrics/list-value.ts';
import type { Metric } from '../../metrics/metric.ts';
import { checkOptionsArgument } from '../../slate/check-argument.ts';
import { InputError } from '../../slate/input-error.ts';
import { unknownName } from '../../slate/nearest-name.ts';
import type { TrainingConfig } from '../../train/recipes/training-config.ts';
import { kindsOf } from '../kinds.ts';
import { checkPrepared, type Prepared } from '../prepare.ts';
import { versions } from '../version.ts';
import { finishedRuns, type RunsOptions } from './finished-runs.ts';
import { worthOf } from './item-values.ts';
import { saveKeptLists } from './kept-lists.ts';
import { factFields, listFacts } from './list-facts.ts';
import { type FinishedRun, predictionsOf } from './run-store.ts';
import { sliceColumns, sliceFields } from './slice-columns.ts';
import { readTestSlots } from './test-slots.ts';
import { type GapShare, gapShares, readTruth, TRUTH } from './truth.ts';

/** What is compared, and how. */
export interface CompareOptions extends RunsOptions {
  readonly command: string;
  readonly resamples?: number;
  /** The truth file of a simulated log. */
  readonly truth?: string;
  /** A field of the items with a number, such as `price`: what the clicks on a list are worth is told too. */
  readonly value?: string;
  /** Fields of the items by whose values the recipes are judged too; categories with few values unless told otherwise. */
  readonly by?: readonly string[];
  /** The recipe that the others are held against; `attention-bce` unless told otherwise, or the first recipe where that is not compared. */
  readonly baseline?: string;
}

/** A finished comparison. */
export interface Comparison {
  readonly report: ComparisonReport;
  /** What the pictures show beyond the tables. */
  readonly figures: ReportFigures;
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
  checkBaseline(
    options.baseline,
    configs.map(({ recipe }) => recipe),
  );
  // First of all: a truth that does not fit should not cost the trainings.
  const truths = await truthPredictions(prepared, options.truth);
  const { slates, test } = prepared.encoded;
  const lists = slates.outcomes(test);
  const { schema } = prepared.encoded.features;
  const { by, value } = options;
  const sliced = sliceFields(prepared.encoded, by);
  const asked = [...sliced, ...factFields(schema, by).map(({ name }) => name), ...(value === undefined ? [] : [value])];
  const slots = await readTestSlots(prepared, asked);
  const values = worthOf(value, { ...slots, offsetsB: lists.offsets });
  const worth = values ? listValueMetrics(values) : [];
  const slices = sliceColumns({ slots, outcomes: lists, fields: sliced });
  const facts = { ...listFacts({ slots, schema, outcomes: lists }, by), values };
  const runs = await finishedRuns(prepared, options);
  if (!runs) return undefined;
  const references = [...referencesOf(prepared), ...truths];
  await saveKeptLists(options.folder, { lists, references, slices });
  const predictions = [...runs.map(predictionsOf), ...references];
  const measured = comparisonOptions(prepared, {
    ...options,
    references: references.map(({ recipe }) => recipe),
    worth,
  });
  const ofRecipe = (name: string): readonly Predictions[] =>
    runs.filter(({ config }) => config.recipe === name).map(predictionsOf);
  const report = {
    ...compareSystems(lists, predictions, measured),
    reliability: configs.map(({ recipe }) => systemReliability(lists, ofRecipe(recipe), facts)),
  };
  const figures = reportFigures(lists, report, { ...measured, predictions, slices });
  const pointwise = new Set(configs.filter(scoresItemByItem(prepared)).map(({ recipe }) => recipe));
  return {
    report,
    figures,
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

/** Throws `InputError` where none of the recipes is so called. */
export function checkBaseline(name: string | undefined, recipes: readonly string[]): void {
  if (name === undefined || recipes.includes(name)) return;
  throw new InputError(`baseline: ${unknownName(name, recipes)}`, 'unknown-name');
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

function referencesOf({ encoded }: Prepared): readonly Predictions[] {
  const { slates, train, validation, test } = encoded;
  const [ofTrain, ofValidation, ofTest] = [train, validation, test].map((indices) => slates.outcomes(indices));
  return referencePredictions({ train: ofTrain, validation: ofValidation, test: ofTest });
}

function comparisonOptions(
  prepared: Prepared,
  options: CompareOptions & { readonly references: readonly string[]; readonly worth: readonly Metric[] },
): ComparisonOptions {
  const { encoded, path, settings } = prepared;
  const [train, validation, test] = [encoded.train, encoded.validation, encoded.test].map((indices) =>
    countPart(encoded.slates.outcomes(indices)),
  );
  const pointwise = options.configs.find(scoresItemByItem(prepared));
  const { by, train: trainShare, validation: validationShare, seed } = settings.split;
  const shares = [trainShare, validationShare, 1 - trainShare - validationShare]
    .map((share) => `${Math.round(share * 100)} %`)
    .join(' / ');
  return {
    baseline: options.baseline ?? baselineOf(options.configs),
    references: options.references,
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
      parts: { train, validation, test },
      seeds: options.seeds,
      epochSource: `best validation ${[...new Set(options.configs.map(({ metric }) => metric))].join(' or ')}`,
      thresholdSource: 'best F1 on validation, per seed',
      command: options.command,
      versions: versions(),
    },
  };
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
