import { z } from 'zod';
import { type HeadKind, headKinds } from '../../models/shared/head.ts';

/** Everything that decides a training run but the data and the seed. Stored, resolved, with every run. */
export interface TrainingConfig {
  readonly recipe: string;
  readonly scorer: ScorerName;
  readonly model: ModelConfig;
  /** What the scorer's first stage is trained on, before all else and frozen then; of scorers that have one. */
  readonly firstStage?: FirstStageConfig | undefined;
  /** L = sum of weight * loss. */
  readonly losses: readonly LossConfig[];
  /**
   * Where the weights come from: `fixed` as given; `uncertainty` learned with the model from there (Kendall et al. 2018); `dynamic` as given times how slowly
   * each term fell between the last two epochs (Liu et al. 2019).
   */
  readonly weighting: 'fixed' | 'uncertainty' | 'dynamic';
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

export type ScorerName = (typeof scorerNames)[number];
const scorerNames = ['pointwise', 'attention', 'graph', 'two-stage', 'exact-k', 'prm', 'setrank', 'dlcm'] as const;

export interface FirstStageConfig {
  readonly losses: readonly LossConfig[];
  readonly epochs: number;
}

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
  readonly head: HeadKind;
  /** Inducing vectors of induced set attention; 0: items attend to each other directly. */
  readonly inducing: number;
  /** Partial copies of every training list that are trained on, a whole number; 0: the scorer is made for whole slates. */
  readonly partial: number;
  /** Graph attention: how many layers of neighbours, and which attention (Velickovic et al. 2018, Brody et al. 2022). */
  readonly graph: { readonly layers: 1 | 2; readonly version: 'gat' | 'gatv2' };
}

export type LossConfig =
  | { readonly name: 'bce' | 'rcr' | 'jrc' | 'pair' | 'anyClick'; readonly weight: number }
  | { readonly name: 'choice'; readonly weight: number; readonly none: boolean }
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

const losses = z
  .array(
    z.discriminatedUnion('name', [
      z.strictObject({ name: z.enum(['bce', 'rcr', 'jrc', 'pair', 'anyClick']), weight: z.number() }),
      z.strictObject({ name: z.literal('choice'), weight: z.number(), none: z.boolean() }),
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
  .min(1)
  // Weights, learning curves and outputs of the graph go by the name.
  .superRefine((terms, context) => {
    const names = terms.map(({ name }) => name);
    const twice = names.find((name, at) => names.indexOf(name) < at);
    if (twice)
      context.addIssue(
        `expected every loss once, found "${twice}" twice; leave one out, or give one the sum of both weights`,
      );
  });

/** The same as a schema: what a config file may say. */
export const trainingConfigSchema: z.ZodType<TrainingConfig> = z
  .strictObject({
    recipe: z.string(),
    scorer: z.enum(scorerNames),
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
      head: z.enum(headKinds),
      inducing: z.number().int().min(0),
      partial: z.number().int().min(0).max(10),
      graph: z.strictObject({ layers: z.union([z.literal(1), z.literal(2)]), version: z.enum(['gat', 'gatv2']) }),
    }),
    firstStage: z.strictObject({ losses, epochs: count }).optional(),
    losses,
    weighting: z.enum(['fixed', 'uncertainty', 'dynamic']),
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
  })
  .superRefine((config, context) => {
    for (const [key, message] of conflicts(config)) context.addIssue({ code: 'custom', path: key.split('.'), message });
  });

/** Scorers whose layers have no heads. */
const headless: readonly ScorerName[] = ['pointwise', 'two-stage', 'exact-k', 'dlcm'];

/** What each key allows by itself and the others do not: the key, and what is wrong with it. */
function conflicts({
  scorer,
  model,
  losses: terms,
  firstStage,
}: TrainingConfig): readonly (readonly [string, string])[] {
  const found: [string, string][] = [];
  const { width, heads, head } = model;
  if (!headless.includes(scorer) && width % heads !== 0)
    found.push(['model.heads', `expected a divisor of model.width, which is ${width}, found ${heads}`]);
  if (head !== 'joint' && terms.some(({ name }) => name === 'jrc'))
    found.push(['model.head', `expected "joint", since the loss jrc reads two logits per item, found "${head}"`]);
  if (!firstStage) return found;
  if (scorer !== 'two-stage')
    found.push(['firstStage', `expected none, since the scorer "${scorer}" has one stage; leave it out`]);
  if (firstStage.losses.some(({ name }) => name === 'jrc'))
    found.push(['firstStage.losses', 'expected losses on one logit per item, found jrc, which reads two']);
  return found;
}
