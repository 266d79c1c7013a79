import type { SlateSource } from '../../datasets/slate-source/slate-source.ts';
import type { EncodedDataset } from '../../datasets/walk/encode-dataset.ts';
import type { Loss } from '../../losses/loss.ts';
import type { Model } from '../../models/model.ts';
import { createRng } from '../../random/rng.ts';
import { checkWorkers } from '../../scoring/check-workers.ts';
import { InputError } from '../../slate/input-error.ts';
import type { Registry } from '../../slate/registry.ts';
import { trainAside } from '../../train/aside/train-aside.ts';
import type { CheckpointStore } from '../../train/checkpoints/checkpoint.ts';
import { ownCheckpoints } from '../../train/checkpoints/own-checkpoints.ts';
import { fitFactorTables } from '../../train/factors/fit-factor-tables.ts';
import type { FirstStageConfig, TrainingConfig } from '../../train/recipes/training-config.ts';
import { checkTrainingConfig } from '../../train/recipes/training-schema.ts';
import {
  type ToldEpochs,
  type TrainingData,
  type TrainingProgress,
  type TrainingResult,
  trainScorer,
} from '../../train/scorer/trainer.ts';
import { kindsOf } from '../kinds.ts';
import type { PreparedLists } from '../prepare.ts';
import type { Reporter } from '../reporter.ts';
import { epochValues } from '../runs/epoch-values.ts';
import type { RunLog } from '../runs/record-run.ts';
import { ownKindsDigest } from './own-kinds-digest.ts';
import { createRecipeModel } from './recipe-model.ts';
import { originOf } from './run-key.ts';

export interface FitOptions {
  readonly config: TrainingConfig;
  readonly seed: number;
  readonly workers: number;
  /** Keeps the calling thread free, for other trainings beside this one. */
  readonly aside?: boolean | undefined;
  readonly reporter: Reporter;
  readonly checkpoints?: CheckpointStore;
  /** Told of the epochs as they come; of a first stage nothing is told. */
  readonly log?: RunLog;
  readonly signal?: AbortSignal;
  /** Stops after so many epochs, as if interrupted there; the learning rate goes as in the whole run. */
  readonly stopAfter?: number;
  /** Keeps the last epoch instead of the best one. */
  readonly keep?: 'best' | 'last';
  /** Ends the first stage after so many epochs and keeps the last: as another run chose on lists that it did not learn from. */
  readonly firstStageEpochs?: number | undefined;
}

export interface FittedRecipe {
  readonly model: Model;
  readonly result: TrainingResult;
}

/**
 * Trains a fresh model of a recipe, its first stage before all else. Reads the lists of `data` and no others; of those in `data.train`, as many partial copies as the
 * recipe wants are trained on beside them.
 */
export async function fitRecipe(
  prepared: PreparedLists,
  lists: TrainingData,
  given: FitOptions,
): Promise<FittedRecipe> {
  const { config, seed, workers, reporter } = given;
  checkWorkers(workers);
  if (!Number.isFinite(seed))
    throw new InputError(`seed: expected a number, found ${String(seed)}; give one`, 'invalid-option');
  const kinds = kindsOf(prepared.settings.kinds);
  checkTrainingConfig(config, kinds);
  const options = { ...given, losses: kinds.losses, metrics: kinds.metrics, ...ownStore(prepared, lists, given) };
  const partial = config.model.partial;
  const data = partial > 0 ? { ...lists, partial: copiesOf(prepared.encoded, lists.train, partial) } : lists;
  refuseTooLongFor(config, { lists, losses: kinds.losses });
  const model = createRecipeModel(prepared, lists.train, given);
  const learned = config.factors && {
    learned: fitFactorTables(model, {
      slates: lists.slates,
      train: lists.train,
      config: config.factors,
      rng: createRng(seed).split('factors'),
    }),
  };
  const task = `${config.recipe} seed ${seed}`;
  let firstStageEpoch: number | undefined;
  if (config.firstStage && !(await isUnderWay(options))) {
    reporter.note(`${task}: first stage`);
    const result = await trainFirstStage(model, data, { ...options, first: config.firstStage });
    if (result.interrupted) return { model, result };
    firstStageEpoch = result.keptEpoch;
  }
  const part = config.firstStage || config.factors ? 'second-stage' : 'all';
  const onProgress = (progress: TrainingProgress): void => reportProgress(reporter, task, progress);
  const onEpochs = async ({ epochs, keptEpoch }: ToldEpochs): Promise<void> =>
    given.log?.epochs(epochs.map(epochValues), keptEpoch);
  const result = await (given.aside ? trainAside : trainScorer)(
    model,
    { ...data, ...learned },
    {
      ...options,
      part,
      onProgress,
      onEpochs,
      ...(firstStageEpoch ? { firstStageEpoch } : {}),
    },
  );
  reporter.done(task);
  return { model, result };
}

/** Throws `InputError` for lists that are longer than one of the losses can take. */
function refuseTooLongFor(
  { recipe, losses: terms, firstStage }: TrainingConfig,
  { lists: { slates, train, validation }, losses }: { readonly lists: TrainingData; readonly losses: Registry<Loss> },
): void {
  const longest = [train, validation].reduce(
    (most, part) => slates.lengths(part).reduce((a, b) => Math.max(a, b), most),
    0,
  );
  for (const { name, weight: _, ...options } of [...terms, ...(firstStage?.losses ?? [])]) {
    const loss = losses.named(name);
    const most = loss.longestList?.({ ...loss.defaults, ...options }) ?? Number.POSITIVE_INFINITY;
    if (longest > most)
      throw new InputError(
        `recipe ${recipe}: expected lists of at most ${most} items for the loss ${name} with ${JSON.stringify(options)}, found one of ${longest}; its cost grows with a power of the length, choose other options`,
        'too-large',
      );
  }
}

/** The first `count` partial copies of each of these lists that has any. */
function copiesOf(
  { slates, listB, partialOfTrain }: EncodedDataset<SlateSource>,
  lists: Int32Array,
  count: number,
): Int32Array {
  if (!slates.hasPartial)
    throw new Error('fitRecipe: the recipe wants partial copies and none were encoded; prepare with its config');
  const wanted = new Set(lists.map((index) => listB[index]));
  const taken = new Map<number, number>();
  return partialOfTrain.filter((index) => {
    const copies = taken.get(listB[index]) ?? 0;
    taken.set(listB[index], copies + 1);
    return copies < count && wanted.has(listB[index]);
  });
}

/** The second stage has begun: its checkpoint holds what the first one learned. */
const isUnderWay = async ({ checkpoints }: FitOptions): Promise<boolean> => (await checkpoints?.load()) !== undefined;

/** The checkpoints as far as they are this run's, and the name of what it learns from. */
function ownStore(
  prepared: PreparedLists,
  { train, validation }: TrainingData,
  { checkpoints, config, seed, reporter }: FitOptions,
): { readonly checkpoints?: CheckpointStore; readonly origin?: string } {
  if (!checkpoints) return {};
  const own = ownKindsDigest(prepared, train, { config, seed });
  const origin = [originOf(prepared, [train, validation]), ...own].join('+');
  const say = (message: string): void => reporter.note(`${config.recipe} seed ${seed}: ${message}`);
  return { origin, checkpoints: ownCheckpoints(checkpoints, { run: { config, seed, origin }, say }) };
}

/** Trains what the first stage learns by its own logits, judged by their order unless told otherwise; short enough to start again after an interruption. */
function trainFirstStage(
  model: Model,
  data: TrainingData,
  {
    config,
    seed,
    workers,
    aside,
    signal,
    losses,
    first,
    firstStageEpochs,
  }: FitOptions & { readonly first: FirstStageConfig; readonly losses: Registry<Loss> },
): Promise<TrainingResult> {
  const score = model.scorer.firstStage;
  if (!score)
    throw new InputError(
      `${config.recipe}: the scorer "${config.scorer}" has no first stage; leave firstStage out`,
      'invalid-config',
    );
  const stage: Model = { ...model, scorer: { ...model.scorer, score } };
  return (aside ? trainAside : trainScorer)(stage, data, {
    config: { ...config, ...first, metric: first.metric ?? 'ndcgAt10' },
    losses,
    seed,
    workers,
    part: 'first-stage',
    ...(firstStageEpochs ? { stopAfter: firstStageEpochs, keep: 'last' as const } : {}),
    ...(signal ? { signal } : {}),
  });
}

function reportProgress(reporter: Reporter, task: string, { step, steps, lists, last }: TrainingProgress): void {
  const total = Math.round((lists / Math.max(1, step)) * steps);
  const detail = last
    ? `epoch ${last.epoch}: validation log loss ${last.metrics.logLoss.toFixed(4)}, AUC ${last.metrics.rocAuc.toFixed(4)}`
    : '';
  reporter.progress({ task, done: lists, total, unit: 'lists', ...(detail ? { detail } : {}) });
}
