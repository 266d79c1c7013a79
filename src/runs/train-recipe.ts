import { bestF1Threshold } from '../metrics/best-f1-threshold.ts';
import { createModel, type Model, scorers } from '../models/model.ts';
import { createRng } from '../random/rng.ts';
import { predict } from '../scoring/predict.ts';
import { createScoringPool } from '../scoring/slate-scorer.ts';
import { InputError } from '../slate/input-error.ts';
import { type CheckpointStore, sameRun } from '../train/checkpoint.ts';
import { initialNoise } from '../train/task-weights.ts';
import { type TrainingData, type TrainingResult, train } from '../train/trainer.ts';
import type { FirstStageConfig, TrainingConfig } from '../train/training-config.ts';
import { labelsOf } from '../train/validate.ts';
import type { Prepared } from './prepare.ts';
import type { Reporter } from './reporter.ts';

export interface TrainRecipeOptions {
  readonly config: TrainingConfig;
  readonly seed: number;
  readonly workers: number;
  readonly reporter: Reporter;
  readonly checkpoints?: CheckpointStore;
  readonly signal?: AbortSignal;
}

/** A trained model, its threshold, and its logits on the test part. */
export interface TrainedRecipe {
  readonly model: Model;
  readonly result: TrainingResult;
  /** Logit from which a click is predicted: best F1 on validation. */
  readonly threshold: number;
  readonly testLogitS: Float32Array;
}

/** Trains one recipe with one seed and scores the test part once. Undefined when interrupted. */
export async function trainRecipe(
  { encoded }: Prepared,
  options: TrainRecipeOptions,
): Promise<TrainedRecipe | undefined> {
  const { config, seed, workers, reporter, checkpoints, signal } = options;
  const { slates, train: trainPart, validation, test, spec } = encoded;
  const model = createModel(createRng(seed).split('model'), {
    scorer: scorers[config.scorer],
    spec: { ...spec, graph: scorers[config.scorer].seesGraph ? spec.graph : undefined },
    config: {
      ...config.model,
      positions: longestPosition(slates.positionS),
      baseRate: clickRate(labelsOf(slates, trainPart)),
    },
    ...(config.weighting === 'uncertainty' ? { tasks: initialNoise(config.losses) } : {}),
  });
  const task = `${config.recipe} seed ${seed}`;
  const data = { slates, train: trainPart, validation };
  if (config.firstStage && !(await isUnderWay(options))) {
    const first = await trainFirstStage(model, data, { ...options, first: config.firstStage });
    if (first.interrupted) return undefined;
  }
  const result = await train(model, data, {
    config,
    seed,
    workers,
    part: config.firstStage ? 'all-but-id-tables' : 'all',
    ...(checkpoints ? { checkpoints } : {}),
    ...(signal ? { signal } : {}),
    onProgress: ({ step, steps, lists, last }) => {
      const total = Math.round((lists / Math.max(1, step)) * steps);
      const detail = last
        ? `epoch ${last.epoch}: validation log loss ${last.metrics.logLoss.toFixed(4)}, AUC ${last.metrics.rocAuc.toFixed(4)}`
        : '';
      reporter.progress({ task, done: lists, total, unit: 'lists', ...(detail ? { detail } : {}) });
    },
  });
  reporter.done(task);
  if (result.interrupted) return undefined;

  const pool = await createScoringPool(model, workers);
  try {
    const onValidation = await predict(pool, model.tables, { slates, indices: validation });
    const { threshold } = bestF1Threshold(onValidation.logits, labelsOf(slates, validation));
    const onTest = await predict(pool, model.tables, { slates, indices: test });
    return { model, result, threshold, testLogitS: onTest.logits };
  } finally {
    await pool.close();
  }
}

/** The second stage has begun: its checkpoint holds what the first one learned. */
async function isUnderWay({ checkpoints, config, seed }: TrainRecipeOptions): Promise<boolean> {
  const found = await checkpoints?.load();
  return found !== undefined && sameRun(found, { config, seed });
}

/** Trains the id tables by the first stage's logits, judged by its own order; short enough to start again after an interruption. */
function trainFirstStage(
  model: Model,
  data: TrainingData,
  { config, seed, workers, signal, first, reporter }: TrainRecipeOptions & { readonly first: FirstStageConfig },
): Promise<TrainingResult> {
  const score = model.scorer.firstStage;
  if (!score)
    throw new InputError(`${config.recipe}: the scorer "${config.scorer}" has no first stage; leave firstStage out`);
  reporter.note(`${config.recipe} seed ${seed}: first stage`);
  const stage: Model = { ...model, scorer: { ...model.scorer, score } };
  return train(stage, data, {
    config: { ...config, ...first, weighting: 'fixed', metric: 'ndcgAt10' },
    seed,
    workers,
    part: 'id-tables',
    ...(signal ? { signal } : {}),
  });
}

/** Positions told apart; a later one shares the last. */
function longestPosition(positions: Int32Array): number {
  let longest = 0;
  for (const position of positions) longest = Math.max(longest, position);
  return Math.min(longest + 1, 200);
}

function clickRate(labels: Uint8Array): number {
  const clicks = labels.reduce((sum, label) => sum + label, 0);
  return (clicks + 1) / (labels.length + 2);
}
