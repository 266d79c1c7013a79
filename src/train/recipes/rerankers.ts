/** Re-rankers of the literature, with the losses of `attentionListNet`, so that only the architecture differs. */
import { attentionListNet } from './attention.ts';
import { defineRecipe } from './define-recipe.ts';
import type { Recipe } from './recipe.ts';

export const prm: Recipe = defineRecipe({ name: 'prm', base: attentionListNet, scorer: 'prm' });
export const dlcm: Recipe = defineRecipe({ name: 'dlcm', base: attentionListNet, scorer: 'dlcm' });
export const setRank: Recipe = defineRecipe({
  name: 'setrank',
  base: attentionListNet,
  scorer: 'setrank',
  model: { position: false },
});
