/** A training whose last epoch is judged, as somebody has it who keeps no best one. */
import type { Prepared } from '../../src/jobs/prepare.ts';
import { fitRecipe } from '../../src/jobs/recipes/fit-recipe.ts';
import type { Predictions } from '../../src/measure/predictions.ts';
import { bestF1Threshold } from '../../src/metrics/best-f1-threshold.ts';
import { predict } from '../../src/scoring/predict.ts';
import { createScoringPool } from '../../src/scoring/scoring-pool.ts';
import { silentReporter } from '../../src/steps.ts';
import type { TrainingConfig } from '../../src/train/recipes/training-config.ts';

export interface LastEpochOptions {
  readonly config: TrainingConfig;
  readonly seed: number;
  readonly workers: number;
}

/** The threshold is still the best F1 on validation. */
export async function lastEpochRun(
  prepared: Prepared,
  { config, seed, workers }: LastEpochOptions,
): Promise<Predictions> {
  const { slates, train, validation, test } = prepared.encoded;
  const { model } = await fitRecipe(
    prepared,
    { slates, train, validation },
    { config, seed, workers, reporter: silentReporter, keep: 'last' },
  );
  const pool = await createScoringPool(model, workers);
  const onValidation = await predict(pool, model.tables, { slates, indices: validation });
  const { threshold } = bestF1Threshold(onValidation.logits, slates.outcomes(validation).labelS);
  const { logits } = await predict(pool, model.tables, { slates, indices: test });
  await pool.close();
  return { recipe: config.recipe, seed, scale: 'logit', valueS: logits, threshold };
}
