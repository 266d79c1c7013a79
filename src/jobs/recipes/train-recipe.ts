import { bestF1Threshold } from '../../metrics/best-f1-threshold.ts';
import { predict } from '../../scoring/predict.ts';
import { createScoringPool } from '../../scoring/slate-scorer.ts';
import type { Prepared } from '../prepare.ts';
import { type FitOptions, type FittedRecipe, fitRecipe } from './fit-recipe.ts';

export type TrainRecipeOptions = Omit<FitOptions, 'stopAfter' | 'keep' | 'firstStageEpochs'>;

/** A trained model, its threshold, and its logits on the test part. */
export interface TrainedRecipe extends FittedRecipe {
  /** Logit from which a click is predicted: best F1 on validation. */
  readonly threshold: number;
  readonly testLogitS: Float32Array;
}

/** Trains one recipe with one seed and scores the test part once. Undefined when interrupted. */
export async function trainRecipe(prepared: Prepared, options: TrainRecipeOptions): Promise<TrainedRecipe | undefined> {
  const { slates, train, validation, test } = prepared.encoded;
  const { model, result } = await fitRecipe(prepared, { slates, train, validation }, options);
  if (result.interrupted) return undefined;
  const pool = await createScoringPool(model, options.workers);
  try {
    const onValidation = await predict(pool, model.tables, { slates, indices: validation });
    const { threshold } = bestF1Threshold(onValidation.logits, slates.outcomes(validation).labelS);
    const onTest = await predict(pool, model.tables, { slates, indices: test });
    return { model, result, threshold, testLogitS: onTest.logits };
  } finally {
    await pool.close();
  }
}
