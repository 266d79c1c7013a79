/** A recipe is a function that returns a full training config; others derive from it in a few lines. */
import { z } from 'zod';
import { InputError } from '../slate/input-error.ts';

/** Everything that decides a training run but the data and the seed. Stored, resolved, with every run. */
export interface TrainingConfig {
  readonly recipe: string;
  readonly scorer: 'pointwise' | 'attention';
  readonly model: ModelConfig;
  /** L = sum of weight * loss. */
  readonly losses: readonly LossConfig[];
  readonly optimizer: OptimizerConfig;
  /** Slates per step. */
  readonly batch: number;
  /** Slates per micro-batch: what one worker runs at a time, small enough to stay in the processor's cache. It is part of the result, the number of workers is not. */
  readonly microBatch: number;
  readonly epochs: number;
  /** Epochs without a better validation metric before training stops. */
  readonly patience: number;
  /** What validation chooses the epoch by. */
  readonly metric: ValidationMetric;
  /** Share of the weights' moving average that is kept at each step; 0 keeps no average. Validation and the stored model use the average. */
  readonly averaging: number;
}

export const validationMetrics = ['logLoss', 'rocAuc', 'ndcgAt10'] as const;
export type ValidationMetric = (typeof validationMetrics)[number];

export interface ModelConfig {
  readonly width: number;
  readonly blocks: number;
  readonly heads: number;
  readonly feedForward: number;
  readonly dropout: number;
  readonly inputDropout: number;
  readonly position: boolean;
  readonly history: boolean;
  readonly listRelative: boolean;
}

export type LossConfig =
  | { readonly name: 'bce'; readonly weight: number }
  | {
      readonly name: 'listNet';
      readonly weight: number;
      readonly form: 'top1' | 'topK' | 'full';
      readonly k?: number | undefined;
      readonly target: 'normalised' | 'softmax';
      readonly temperature: number;
    }
  | {
      readonly name: 'triplet';
      readonly weight: number;
      readonly margin: number;
      readonly distance: 'euclidean' | 'cosine';
      readonly mining: 'all' | 'semi-hard' | 'batch-hard';
      readonly anchor: 'last-click' | 'other-click' | 'user';
    };

export interface OptimizerConfig {
  readonly learningRate: number;
  /** Decoupled decay of matrices (Loshchilov & Hutter 2019); biases and gains are left alone. */
  readonly weightDecay: number;
  /** Decay of embedding rows, applied when a row is touched. */
  readonly embeddingDecay: number;
  /** Steps over which the rate rises from 0. */
  readonly warmUp: number;
  /** Largest norm of the whole gradient. */
  readonly clip: number;
}

const rate = z.number().min(0).max(0.95);
const count = z.number().int().positive();

/** The same as a schema: what a config file may say. */
export const trainingConfigSchema: z.ZodType<TrainingConfig> = z.strictObject({
  recipe: z.string(),
  scorer: z.enum(['pointwise', 'attention']),
  model: z.strictObject({
    width: count,
    blocks: z.number().int().min(0),
    heads: count,
    feedForward: count,
    dropout: rate,
    inputDropout: rate,
    position: z.boolean(),
    history: z.boolean(),
    listRelative: z.boolean(),
  }),
  losses: z
    .array(
      z.discriminatedUnion('name', [
        z.strictObject({ name: z.literal('bce'), weight: z.number() }),
        z.strictObject({
          name: z.literal('listNet'),
          weight: z.number(),
          form: z.enum(['top1', 'topK', 'full']),
          k: count.optional(),
          target: z.enum(['normalised', 'softmax']),
          temperature: z.number().positive(),
        }),
        z.strictObject({
          name: z.literal('triplet'),
          weight: z.number(),
          margin: z.number().min(0),
          distance: z.enum(['euclidean', 'cosine']),
          mining: z.enum(['all', 'semi-hard', 'batch-hard']),
          anchor: z.enum(['last-click', 'other-click', 'user']),
        }),
      ]),
    )
    .min(1),
  optimizer: z.strictObject({
    learningRate: z.number().positive(),
    weightDecay: z.number().min(0),
    embeddingDecay: z.number().min(0),
    warmUp: z.number().int().min(0),
    clip: z.number().positive(),
  }),
  batch: count,
  microBatch: count,
  epochs: count,
  patience: count,
  metric: z.enum(validationMetrics),
  averaging: z.number().min(0).max(0.9999),
});

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
    },
    losses: [{ name: 'bce', weight: 1 }],
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
