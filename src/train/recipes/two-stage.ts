import type { ConfigOf } from '../../losses/loss.ts';
import type { pairLoss } from '../../losses/pair.ts';
import { defineRecipe } from './define-recipe.ts';
import { pointwiseBce } from './pointwise.ts';
import type { Recipe } from './recipe.ts';

/** Shalom et al. 2016: a collaborative filter first, then a click model that sees the list through similarities. */
export const twoStage: Recipe = defineRecipe({
  name: 'two-stage',
  base: pointwiseBce,
  scorer: 'two-stage',
  // As its tables of items were tuned.
  model: { pieces: 0, itemNorm: true },
  optimizer: { embeddingDecay: 0.05 },
  firstStage: { losses: [{ name: 'pair', weight: 1 } satisfies ConfigOf<typeof pairLoss>], epochs: 6 },
});
