/** A recipe is a function that returns a full training config; others derive from it in a few lines. */
import { InputError } from '../../slate/input-error.ts';
import { unknownName } from '../../slate/nearest-name.ts';
import type { LossConfig, TrainingConfig } from './training-config.ts';

/** What was tried for these numbers, on validation, is in docs/tuning.md. */
export function pointwiseBce(): TrainingConfig {
  return {
    recipe: 'pointwise-bce',
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
      listRelative: false,
      head: 'clicks',
      inducing: 0,
      partial: 0,
      graph: { layers: 2, version: 'gat' },
    },
    losses: [{ name: 'bce', weight: 1 }],
    weighting: 'fixed',
    optimizer: { learningRate: 3e-3, weightDecay: 0.3, embeddingDecay: 0.05, warmUp: 100, clip: 1 },
    batch: 128,
    microBatch: 64,
    epochs: 14,
    patience: 3,
    metric: 'logLoss',
    averaging: 0.99,
  };
}

export function attentionBce(): TrainingConfig {
  const base = pointwiseBce();
  return { ...base, recipe: 'attention-bce', scorer: 'attention', model: { ...base.model, listRelative: true } };
}

/** The scorer for generators, which ask about slates that are not complete yet: it also learns from lists of which a part is hidden. */
export function attentionPartial(): TrainingConfig {
  const base = attentionBce();
  return { ...base, recipe: 'attention-partial', model: { ...base.model, partial: 1 } };
}

export function attentionTriplet(): TrainingConfig {
  const base = attentionBce();
  const losses: LossConfig[] = [
    { name: 'bce', weight: 1 },
    { name: 'triplet', weight: 0.3, margin: 0.3, distance: 'cosine', mining: 'all', anchor: 'last-click' },
  ];
  return { ...base, recipe: 'attention-triplet', losses };
}

const withListNet: readonly LossConfig[] = [
  { name: 'bce', weight: 1 },
  { name: 'listNet', weight: 0.03, form: 'top1', target: 'normalised', temperature: 1 },
];

export const attentionListNet = (): TrainingConfig => ({
  ...attentionBce(),
  recipe: 'attention-listnet',
  losses: withListNet,
});

/** The attention scorer with a second loss beside clicks. */
const attentionWith = (recipe: string, second: LossConfig): TrainingConfig => ({
  ...attentionBce(),
  recipe,
  losses: [{ name: 'bce', weight: 1 }, second],
});

export const attentionRcr = (): TrainingConfig => attentionWith('attention-rcr', { name: 'rcr', weight: 0.1 });
export const attentionPair = (): TrainingConfig => attentionWith('attention-pair', { name: 'pair', weight: 0.1 });

export function attentionJrc(): TrainingConfig {
  const base = attentionWith('attention-jrc', { name: 'jrc', weight: 0.1 });
  return { ...base, model: { ...base.model, head: 'joint' } };
}

/** At most one item of a slate is chosen: probabilities are those of being the one. */
export function attentionChoice(): TrainingConfig {
  const base = attentionBce();
  const losses: LossConfig[] = [{ name: 'choice', weight: 1, none: true }];
  return { ...base, recipe: 'attention-choice', losses, model: { ...base.model, head: 'choice-or-none' } };
}

export const graphBce = (): TrainingConfig => ({ ...attentionBce(), recipe: 'graph-bce', scorer: 'graph' });
export const graphListNet = (): TrainingConfig => ({ ...graphBce(), recipe: 'graph-listnet', losses: withListNet });

/** Shalom et al. 2016: a collaborative filter first, then a click model that sees the list through similarities. */
export const twoStage = (): TrainingConfig => ({
  ...pointwiseBce(),
  recipe: 'two-stage',
  scorer: 'two-stage',
  firstStage: { losses: [{ name: 'pair', weight: 1 }], epochs: 6 },
});

/** The reward model of Exact-K: the card as a whole, and its items. */
export const exactK = (): TrainingConfig => ({
  ...attentionBce(),
  recipe: 'exact-k',
  scorer: 'exact-k',
  losses: [
    { name: 'bce', weight: 1 },
    { name: 'anyClick', weight: 0.1 },
  ],
});

/** Re-rankers of the literature, with the losses of `attentionListNet`, so that only the architecture differs. */
export const prm = (): TrainingConfig => ({ ...attentionBce(), recipe: 'prm', scorer: 'prm', losses: withListNet });
export const dlcm = (): TrainingConfig => ({ ...attentionBce(), recipe: 'dlcm', scorer: 'dlcm', losses: withListNet });

export function setRank(): TrainingConfig {
  const base = attentionBce();
  return {
    ...base,
    recipe: 'setrank',
    scorer: 'setrank',
    losses: withListNet,
    model: { ...base.model, position: false },
  };
}

/** In the order of the tables. */
export const recipes: Readonly<Record<string, () => TrainingConfig>> = {
  'pointwise-bce': pointwiseBce,
  'attention-bce': attentionBce,
  'attention-triplet': attentionTriplet,
  'attention-listnet': attentionListNet,
  'attention-rcr': attentionRcr,
  'attention-jrc': attentionJrc,
  'attention-pair': attentionPair,
  'attention-choice': attentionChoice,
  'attention-partial': attentionPartial,
  'graph-bce': graphBce,
  'graph-listnet': graphListNet,
  'two-stage': twoStage,
  'exact-k': exactK,
  prm,
  setrank: setRank,
  dlcm,
};

/** The article's own comparison: what `demo` and `compare` train unless told otherwise. */
export const mainRecipes = ['pointwise-bce', 'attention-bce', 'attention-triplet', 'attention-listnet'] as const;

export function recipeNamed(name: string): TrainingConfig {
  if (Object.hasOwn(recipes, name)) return recipes[name]();
  throw new InputError(`recipe: ${unknownName(name, Object.keys(recipes))}`, 'unknown-name');
}
