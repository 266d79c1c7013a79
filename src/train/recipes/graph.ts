/** The list scorer that also sees who clicked what before. */
import { attentionBce, withListNet } from './attention.ts';
import { defineRecipe } from './define-recipe.ts';
import type { Recipe } from './recipe.ts';

export const graphBce: Recipe = defineRecipe({ name: 'graph-bce', base: attentionBce, scorer: 'graph' });
export const graphListNet: Recipe = defineRecipe({ name: 'graph-listnet', base: graphBce, losses: withListNet });
