/** The list scorer with one part more or less each. */
import { defineScorer } from '../../src/models/define-scorer.ts';
import type { Scorer } from '../../src/models/scorer.ts';
import { createItemByItem, type ItemByItem, scoreItemByItem } from '../../src/models/shared/item-by-item.ts';
import { attentionBce } from '../../src/train/recipes/attention.ts';
import { defineRecipe } from '../../src/train/recipes/define-recipe.ts';
import { pointwiseBce } from '../../src/train/recipes/pointwise.ts';
import type { Recipe } from '../../src/train/recipes/recipe.ts';

/** Items do not see each other, but columns say how each differs from the rest of its list. */
const byListColumns: Scorer = defineScorer<ItemByItem>({
  name: 'by-list-columns',
  create: createItemByItem,
  score: scoreItemByItem,
  seesPosition: (config) => config.position,
});

export const kinds: readonly Scorer[] = [byListColumns];

/** What all differences refer to: attention and list columns, no ids, no history, no graph. */
export const WHOLE: string = attentionBce.name;
export const POINTWISE: string = pointwiseBce.name;

export const variants: readonly Recipe[] = [
  attentionBce,
  pointwiseBce,
  defineRecipe({
    name: 'list-columns-only',
    base: pointwiseBce,
    scorer: byListColumns.name,
    model: { listRelative: true },
  }),
  defineRecipe({ name: 'attention-only', base: attentionBce, model: { listRelative: false } }),
  defineRecipe({ name: 'with-history', base: attentionBce, model: { history: true } }),
  defineRecipe({ name: 'with-user', base: attentionBce, model: { user: true } }),
  defineRecipe({ name: 'with-graph', base: attentionBce, scorer: 'graph' }),
  defineRecipe({ name: 'without-curves', base: attentionBce, model: { pieces: 0 } }),
];

/** The same on data in which an item that comes often enough has a vector of its own. */
export const withIds: Recipe = defineRecipe({ name: 'with-item-ids', base: attentionBce });

/** An item must be shown so often in training to have one. */
export const ITEM_ID_MIN_COUNT = 20;

/** The whole, whose list score forgets what was learned of lists: clicks count as independent. */
export const WITHOUT_LIST_HEAD = 'without-list-head';
