import type { bceLoss } from '../../losses/bce.ts';
import type { ConfigOf } from '../../losses/loss.ts';
import { defineRecipe } from './define-recipe.ts';
import type { Recipe } from './recipe.ts';

/** The term that all recipes start with: what is clicked. */
export const clicks: ConfigOf<typeof bceLoss> = { name: 'bce', weight: 1 };

/** What was tried for these numbers, on validation, is in docs/tuning.md. */
export const pointwiseBce: Recipe = defineRecipe({
  name: 'pointwise-bce',
  config: () => ({
    scorer: 'pointwise',
    model: {
      width: 64,
      blocks: 2,
      heads: 4,
      feedForward: 128,
      dropout: 0.1,
      inputDropout: 0,
      position: true,
      history: false,
      user: false,
      personal: 'joint',
      listRelative: false,
      pieces: 4,
      itemNorm: false,
      head: 'clicks',
      inducing: 0,
      partial: 0,
      graph: { layers: 2, version: 'gat', activation: 'none', attentionDropout: 0, redrawFrom: 0 },
    },
    losses: [clicks],
    optimizer: { learningRate: 3e-3, weightDecay: 0.3, embeddingDecay: 2, warmUp: 100, clip: 1 },
    batch: 128,
    microBatch: 64,
    epochs: 14,
    patience: 3,
    metric: 'logLoss',
    averaging: 0.99,
  }),
});
