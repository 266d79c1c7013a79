import type { Outcomes } from '../../datasets/slate-source/slate-source.ts';
import { bestF1Threshold } from '../../metrics/best-f1-threshold.ts';
import type { Model } from '../../models/model.ts';
import { type ListHead, listLogitsOf } from '../../scoring/list-head/list-head.ts';
import { predict } from '../../scoring/predict.ts';
import type { PredictedLogits } from '../../scoring/predicted-logits.ts';
import { createScoringPool } from '../../scoring/scoring-pool.ts';
import { fitListHead } from '../../train/list-head/fit-list-head.ts';
import type { Prepared } from '../prepare.ts';
import { type FitOptions, type FittedRecipe, fitRecipe } from './fit-recipe.ts';

export type TrainRecipeOptions = Omit<FitOptions, 'stopAfter' | 'keep' | 'firstStageEpochs'>;

/** A trained model, its threshold, and its logits on the test part. */
export interface TrainedRecipe extends FittedRecipe {
  /** Logit from which a click is predicted: best F1 on validation. */
  readonly threshold: number;
  readonly testLogitS: Float32Array;
  /** Of at least one click on each list. */
  readonly testListLogitB: Float32Array;
  /** Fitted on validation. */
  readonly listHead: ListHead;
}

/** Trains one recipe with one seed and scores the test part once. Undefined when interrupted. */
export async function trainRecipe(prepared: Prepared, options: TrainRecipeOptions): Promise<TrainedRecipe | undefined> {
  const { slates, train, validation, test } = prepared.encoded;
  const { model, result } = await fitRecipe(prepared, { slates, train, validation }, options);
  if (result.interrupted) return undefined;
  const { signal } = options;
  const pool = await createScoringPool(model, options.workers);
  try {
    const onValidation = await predict(pool, model.tables, { slates, indices: validation, signal });
    const { threshold } = bestF1Threshold(onValidation.logits, slates.outcomes(validation).labelS);
    const onTest = await predict(pool, model.tables, { slates, indices: test, signal });
    const listHead = listHeadOn(onValidation, slates.outcomes(validation), model);
    return {
      model,
      result,
      threshold,
      testLogitS: onTest.logits,
      testListLogitB: listLogitsOf(onTest, listHead),
      listHead,
    };
  } catch (error) {
    if (signal?.aborted) return undefined;
    throw error;
  } finally {
    await pool.close();
  }
}

function listHeadOn(
  { offsets, logits, slateLogits }: PredictedLogits,
  { labelS }: Outcomes,
  { scorer, config }: Pick<Model, 'scorer' | 'config'>,
): ListHead {
  const lists = Array.from({ length: slateLogits.length }, (_, b) => [offsets[b], offsets[b + 1]] as const);
  return fitListHead(
    {
      logitsB: lists.map(([start, end]) => logits.subarray(start, end)),
      ownLogitB: slateLogits,
      clickedB: lists.map(([start, end]) => Number(labelS.subarray(start, end).includes(1))),
    },
    { hasOwnLogit: scorer.learnsSlateLogit === true || config.head === 'choice' || config.head === 'choice-or-none' },
  );
}
