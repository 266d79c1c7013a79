import { bestF1Threshold } from '../metrics/best-f1-threshold.ts';
import { createModel, type Model, scorers } from '../models/model.ts';
import { createRng } from '../random/rng.ts';
import { predict } from '../scoring/predict.ts';
import { createScoringPool } from '../scoring/slate-scorer.ts';
import type { CheckpointStore } from '../train/checkpoint.ts';
import type { TrainingConfig } from '../train/recipe.ts';
import { type TrainingResult, train } from '../train/trainer.ts';
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
    spec,
    config: {
      ...config.model,
      positions: longestPosition(slates.positionS),
      baseRate: clickRate(labelsOf(slates, trainPart)),
    },
  });
  const task = `${config.recipe} seed ${seed}`;
  const result = await train(
    model,
    { slates, train: trainPart, validation },
    {
      config,
      seed,
      workers,
      ...(checkpoints ? { checkpoints } : {}),
      ...(signal ? { signal } : {}),
      onProgress: ({ step, steps, lists, last }) => {
        const total = Math.round((lists / Math.max(1, step)) * steps);
        const detail = last
          ? `epoch ${last.epoch}: validation log loss ${last.metrics.logLoss.toFixed(4)}, AUC ${last.metrics.rocAuc.toFixed(4)}`
          : '';
        reporter.progress({ task, done: lists, total, unit: 'lists', ...(detail ? { detail } : {}) });
      },
    },
  );
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
