/** The list scorer with self-attention, by what it learns beside clicks. */
import type { choiceLoss } from '../../losses/choice.ts';
import type { jrcLoss } from '../../losses/jrc.ts';
import type { listNetLoss } from '../../losses/list-net.ts';
import type { ConfigOf, LossConfig } from '../../losses/loss.ts';
import type { pairLoss } from '../../losses/pair.ts';
import type { rcrLoss } from '../../losses/rcr.ts';
import type { tripletLoss } from '../../losses/triplet.ts';
import { defineRecipe } from './define-recipe.ts';
import { clicks, pointwiseBce } from './pointwise.ts';
import type { Recipe } from './recipe.ts';

/** Self-attention over the items shown together, trained on clicks alone. */
export const attentionBce: Recipe = defineRecipe({
  name: 'attention-bce',
  base: pointwiseBce,
  scorer: 'attention',
  model: { listRelative: true },
});

/** The scorer for generators, which ask about slates that are not complete yet: it also learns from lists of which a part is hidden. */
export const attentionPartial: Recipe = defineRecipe({
  name: 'attention-partial',
  base: attentionBce,
  model: { partial: 1 },
});

/** The attention scorer with a Triplet loss beside clicks. */
export const attentionTriplet: Recipe = defineRecipe({
  name: 'attention-triplet',
  base: attentionBce,
  losses: [
    clicks,
    {
      name: 'triplet',
      weight: 0.3,
      margin: 0.3,
      distance: 'cosine',
      mining: 'all',
      anchor: 'last-click',
    } satisfies ConfigOf<typeof tripletLoss>,
  ],
});

/** Clicks and their order. */
export const withListNet: readonly LossConfig[] = [
  clicks,
  { name: 'listNet', weight: 0.03, form: 'top1', target: 'normalised', temperature: 1 } satisfies ConfigOf<
    typeof listNetLoss
  >,
];

/** The attention scorer with ListNet beside clicks. */
export const attentionListNet: Recipe = defineRecipe({
  name: 'attention-listnet',
  base: attentionBce,
  losses: withListNet,
});

export const attentionRcr: Recipe = defineRecipe({
  name: 'attention-rcr',
  base: attentionBce,
  losses: [clicks, { name: 'rcr', weight: 0.1 } satisfies ConfigOf<typeof rcrLoss>],
});

export const attentionPair: Recipe = defineRecipe({
  name: 'attention-pair',
  base: attentionBce,
  losses: [clicks, { name: 'pair', weight: 0.1 } satisfies ConfigOf<typeof pairLoss>],
});

export const attentionJrc: Recipe = defineRecipe({
  name: 'attention-jrc',
  base: attentionBce,
  losses: [clicks, { name: 'jrc', weight: 0.1 } satisfies ConfigOf<typeof jrcLoss>],
  model: { head: 'joint' },
});

/** At most one item of a slate is chosen: probabilities are those of being the one. */
export const attentionChoice: Recipe = defineRecipe({
  name: 'attention-choice',
  base: attentionBce,
  losses: [{ name: 'choice', weight: 1, none: true } satisfies ConfigOf<typeof choiceLoss>],
  // As it was tuned on choice data (docs/tuning.md).
  model: { head: 'choice-or-none', pieces: 0, itemNorm: true },
  optimizer: { embeddingDecay: 0.05 },
});
