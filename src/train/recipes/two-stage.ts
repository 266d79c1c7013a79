import { defineRecipe } from './define-recipe.ts';
import { pointwiseBce } from './pointwise.ts';
import type { Recipe } from './recipe.ts';

/** Shalom et al. 2016: a collaborative filter first, then a click model that sees the list through similarities. */
export const twoStage: Recipe = defineRecipe({
  name: 'two-stage',
  base: pointwiseBce,
  scorer: 'two-stage',
  // As the second stage was tuned.
  model: { pieces: 0, itemNorm: true },
  optimizer: { embeddingDecay: 0.05 },
  // Chosen by five-fold validation over the training users of a log of films; docs/systems/two-stage.md has the table.
  factors: { userRidge: 1, levelRidge: 3, itemRidge: 30, rateWeight: 10, sweeps: 8 },
});
