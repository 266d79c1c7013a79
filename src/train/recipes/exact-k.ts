import type { anyClickLoss } from '../../losses/any-click.ts';
import type { ConfigOf } from '../../losses/loss.ts';
import { attentionBce } from './attention.ts';
import { defineRecipe } from './define-recipe.ts';
import { clicks } from './pointwise.ts';
import type { Recipe } from './recipe.ts';

/** The reward model of Exact-K: the card as a whole, and its items. */
export const exactK: Recipe = defineRecipe({
  name: 'exact-k',
  base: attentionBce,
  scorer: 'exact-k',
  losses: [clicks, { name: 'anyClick', weight: 0.1 } satisfies ConfigOf<typeof anyClickLoss>],
});
