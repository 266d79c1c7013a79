import { fitRecipe } from '../../src/jobs/recipes/fit-recipe.ts';
import { predict } from '../../src/scoring/predict.ts';
import { createScoringPool } from '../../src/scoring/scoring-pool.ts';
import { silentReporter } from '../../src/steps.ts';
import type { PreparedSplit } from './prepare-split.ts';

/** Mean of -log P(chosen), of nothing where nothing was chosen, over the test choices: the epoch is chosen on validation, then the model is trained anew on both, as its peers are. */
export async function testLikelihood({ prepared, config }: PreparedSplit, workers: number): Promise<number> {
  const { slates, train, validation, test } = prepared.encoded;
  const { columns } = slates;
  const options = { config, seed: 1, workers, reporter: silentReporter };
  const { keptEpoch } = (await fitRecipe(prepared, { slates, train, validation }, options)).result;
  const both = Int32Array.from([...train, ...validation]);
  const refitted = { ...options, stopAfter: keptEpoch, keep: 'last' as const };
  const { model } = await fitRecipe(prepared, { slates, train: both, validation }, refitted);
  const pool = await createScoringPool(model, workers);
  const { logits, offsets } = await predict(pool, model.tables, { slates, indices: test }).finally(() => pool.close());
  let sum = 0;
  for (const [n, index] of test.entries()) {
    let [chosen, probabilities] = [Number.NaN, 0];
    for (let slot = columns.offsets[index]; slot < columns.offsets[index + 1]; slot++) {
      const logit = logits[offsets[n] + slot - columns.offsets[index]];
      probabilities += 1 / (1 + Math.exp(-logit));
      if (columns.labelS[slot] === 1) chosen = Math.log1p(Math.exp(-logit));
    }
    sum += Number.isNaN(chosen) ? -Math.log1p(-probabilities) : chosen;
  }
  return sum / test.length;
}
