/** A recipe is a function that returns a full training config; others derive from it in a few lines. */
import { InputError } from '../slate/input-error.ts';
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

export function attentionTriplet(): TrainingConfig {
  const base = attentionBce();
  const losses: LossConfig[] = [
    { name: 'bce', weight: 1 },
    { name: 'triplet', weight: 0.3, margin: 0.3, distance: 'cosine', mining: 'all', anchor: 'last-click' },
  ];
  return { ...base, recipe: 'attention-triplet', losses };
}

export function attentionListNet(): TrainingConfig {
  const base = attentionBce();
  const losses: LossConfig[] = [
    { name: 'bce', weight: 1 },
    { name: 'listNet', weight: 0.03, form: 'top1', target: 'normalised', temperature: 1 },
  ];
  return { ...base, recipe: 'attention-listnet', losses };
}

export const recipes: Readonly<Record<string, () => TrainingConfig>> = {
  'pointwise-bce': pointwiseBce,
  'attention-bce': attentionBce,
  'attention-triplet': attentionTriplet,
  'attention-listnet': attentionListNet,
};

export function recipeNamed(name: string): TrainingConfig {
  const recipe = recipes[name];
  if (!recipe) {
    throw new InputError(
      `--recipe: expected one of ${Object.keys(recipes).join(', ')}, found "${name}"; name one of these`,
    );
  }
  return recipe();
}
