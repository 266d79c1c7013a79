/** A training config as a schema: what a config file may say. */
import { z } from 'zod';
import { headKinds } from '../../models/shared/scorer-config.ts';
import { InputError } from '../../slate/input-error.ts';
import { issueOf, issuePlace, oneOf, strictObject, unlike } from '../../slate/strict-schema.ts';
import { conflicts } from './config-conflicts.ts';
import { scorerNames, type TrainingConfig, validationMetrics } from './training-config.ts';

/** Epochs of a training, and lists of a step, at most. */
const MOST_EPOCHS = 10_000;
const MOST_LISTS = 65_536;

const rate = z.number().min(0).max(0.95);
const count = z.number().int().positive();
const weight = z
  .number()
  .positive({
    error: ({ input }) =>
      `expected a weight above 0, found ${input}; leave the term out, since one of 0 is trained for nothing and one below 0 unlearns`,
  })
  .max(1e6);
const plainLosses = ['bce', 'rcr', 'jrc', 'pair', 'anyClick'] as const;
const lossNames = [...plainLosses, 'choice', 'listNet', 'triplet'] as const;

const losses = z
  .array(
    z.discriminatedUnion(
      'name',
      [
        strictObject({ name: z.enum(plainLosses), weight }),
        strictObject({ name: z.literal('choice'), weight, none: z.boolean() }),
        strictObject({
          name: z.literal('listNet'),
          weight,
          form: oneOf(['top1', 'topK', 'full']),
          k: count.max(3).optional(),
          target: oneOf(['normalised', 'softmax']),
          temperature: z.number().min(1e-3).max(1e3),
        }),
        strictObject({
          name: z.literal('triplet'),
          weight,
          margin: z.number().min(0).max(1e3),
          distance: oneOf(['euclidean', 'cosine']),
          mining: oneOf(['all', 'semi-hard', 'batch-hard']),
          anchor: oneOf(['last-click', 'other-click', 'user']),
        }),
      ],
      { error: ({ code, input }) => (code === 'invalid_union' ? unlike(nameIn(input), lossNames) : undefined) },
    ),
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

const nameIn = (term: unknown): unknown => (term as { readonly name?: unknown }).name;

/** The bounds are far beyond what is of use, and within what a machine can hold. */
export const trainingConfigSchema: z.ZodType<TrainingConfig> = strictObject({
  recipe: z.string(),
  scorer: oneOf(scorerNames),
  model: strictObject({
    width: count.max(4096),
    blocks: z.number().int().min(0).max(64),
    heads: count.max(256),
    feedForward: count.max(16_384),
    dropout: rate,
    inputDropout: rate,
    position: z.boolean(),
    history: z.boolean(),
    listRelative: z.boolean(),
    head: oneOf(headKinds),
    inducing: z.number().int().min(0).max(1024),
    partial: z.number().int().min(0).max(10),
    graph: strictObject({ layers: z.union([z.literal(1), z.literal(2)]), version: oneOf(['gat', 'gatv2']) }),
  }),
  firstStage: strictObject({ losses, epochs: count.max(MOST_EPOCHS) }).optional(),
  losses,
  weighting: oneOf(['fixed', 'uncertainty', 'dynamic']),
  optimizer: strictObject({
    learningRate: z.number().positive(),
    weightDecay: z.number().min(0),
    embeddingDecay: z.number().min(0),
    warmUp: z.number().int().min(0).max(1e7),
    clip: z.number().positive(),
  }),
  batch: count.max(MOST_LISTS),
  microBatch: count.max(MOST_LISTS),
  epochs: count.max(MOST_EPOCHS),
  patience: count.max(MOST_EPOCHS),
  metric: oneOf(validationMetrics),
  averaging: z.number().min(0).max(0.9999),
}).superRefine((config, context) => {
  for (const [key, message] of conflicts(config)) context.addIssue({ code: 'custom', path: key.split('.'), message });
});

/** Throws `InputError` for a config that no schema has seen yet, such as one that a caller made by hand, where it is none. */
export function checkTrainingConfig(config: TrainingConfig): void {
  const { error } = trainingConfigSchema.safeParse(config);
  if (error)
    throw new InputError(
      `recipe ${config.recipe}: ${issuePlace(error, 'config')}: ${issueOf(error, config)}`,
      'invalid-config',
    );
}
