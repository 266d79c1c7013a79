/** A training config as a schema: what a config file may say. */
import { z } from 'zod';
import type { Loss, LossConfig } from '../../losses/loss.ts';
import { CLICKERS_LIMIT } from '../../memory/enter.ts';
import { type Metric, needsThreshold } from '../../metrics/metric.ts';
import { headKinds, personalKinds } from '../../models/shared/scorer-config.ts';
import { InputError } from '../../slate/input-error.ts';
import { CHOOSE_OR_BRING, unlike } from '../../slate/nearest-name.ts';
import { readBy } from '../../slate/own-schema.ts';
import type { Registry } from '../../slate/registry.ts';
import { issueOf, issuePlace, oneOf, strictKeys, strictObject } from '../../slate/strict-schema.ts';
import { conflicts } from './config-conflicts.ts';
import type { TrainingConfig } from './training-config.ts';
import { builtInTrainingKinds, type TrainingKinds } from './training-kinds.ts';

/** Epochs of a training, and lists of a step, at most. */
const MOST_EPOCHS = 10_000;
const MOST_WINDOW = 100_000_000;
const MOST_LISTS = 65_536;

const rate = z.number().min(0).max(0.95);
/** Of a ridge: 0 would leave a user of whom nothing is known without a solution. */
const ridge = z.number().min(1e-3).max(1e6);
const count = z.number().int().positive();
const weight = z
  .number()
  .positive({
    error: ({ input }) =>
      `expected a weight above 0, found ${input}; leave the term out, since one of 0 is trained for nothing and one below 0 unlearns`,
  })
  .max(1e6);
/** The term that may be made of a loss; options that it leaves out have their defaults. */
function termSchema({ name, schema, defaults }: Loss): z.ZodObject {
  const options = (Object.entries(schema) as [string, z.ZodType][]).map(([option, type]) => {
    const given = (defaults as Readonly<Record<string, unknown>>)[option];
    return [option, given === undefined ? type : type.default(given)];
  });
  return strictKeys({ name: z.literal(name), weight, ...Object.fromEntries(options) });
}

function lossesSchema({ all, names }: Registry<Loss>): z.ZodType<LossConfig[]> {
  const [first, ...others] = all.map(termSchema);
  const term = z.discriminatedUnion('name', [first, ...others], {
    error: ({ code, input }) => (code === 'invalid_union' ? unlike(nameIn(input), names, CHOOSE_OR_BRING) : undefined),
  }) as unknown as z.ZodType<LossConfig>;
  return (
    z
      .array(term)
      .min(1)
      // Weights, learning curves and outputs of the graph go by the name.
      .superRefine((terms, context) => {
        const named = terms.map(({ name }) => name);
        const twice = named.find((name, at) => named.indexOf(name) < at);
        if (twice)
          context.addIssue(
            `expected every loss once, found "${twice}" twice; leave one out, or give one the sum of both weights`,
          );
      })
  );
}

const nameIn = (term: unknown): unknown => (term as { readonly name?: unknown } | undefined)?.name;

/** The metrics that may choose an epoch: a threshold is chosen after it. */
const choosing = ({ all }: Registry<Metric>): readonly string[] =>
  all.filter((metric) => !needsThreshold(metric)).map(({ name }) => name);

/** The bounds are far beyond what is of use, and within what a machine can hold. */
export function trainingConfigSchema(kinds: TrainingKinds = builtInTrainingKinds): z.ZodType<TrainingConfig> {
  const losses = lossesSchema(kinds.losses);
  return strictObject({
    recipe: z.string(),
    scorer: oneOf(kinds.scorers.names, CHOOSE_OR_BRING),
    model: strictObject({
      width: count.max(4096),
      blocks: z.number().int().min(0).max(64),
      heads: count.max(256),
      feedForward: count.max(16_384),
      dropout: rate,
      inputDropout: rate,
      position: z.boolean(),
      history: z.boolean(),
      user: z.boolean(),
      personal: oneOf(personalKinds),
      listRelative: z.boolean(),
      pieces: z.number().int().min(0).max(64),
      itemNorm: z.boolean(),
      head: oneOf(headKinds),
      inducing: z.number().int().min(0).max(1024),
      publishedBlocks: z.boolean().optional(),
      partial: z.number().int().min(0).max(10),
      graph: strictObject({
        layers: z.union([z.literal(1), z.literal(2)]),
        version: oneOf(['gat', 'gatv2']),
        activation: oneOf(['none', 'elu']),
        attentionDropout: rate,
        redrawFrom: z.number().int().min(0).max(CLICKERS_LIMIT),
      }),
    }),
    factors: strictObject({
      userRidge: ridge,
      levelRidge: ridge,
      itemRidge: ridge,
      rateWeight: ridge,
      sweeps: count.max(1000),
    }).optional(),
    firstStage: strictObject({
      losses,
      epochs: count.max(MOST_EPOCHS),
      metric: oneOf(choosing(kinds.metrics), CHOOSE_OR_BRING).optional(),
    }).optional(),
    losses,
    optimizer: strictObject({
      learningRate: z.number().positive(),
      weightDecay: z.number().min(0),
      embeddingDecay: z.number().min(0),
      warmUp: z.number().int().min(0).max(1e7),
      clip: z.number().positive(),
    }),
    batch: count.max(MOST_LISTS),
    microBatch: count.max(MOST_LISTS),
    window: count.max(MOST_WINDOW).optional(),
    epochs: count.max(MOST_EPOCHS),
    patience: count.max(MOST_EPOCHS),
    metric: oneOf(choosing(kinds.metrics), CHOOSE_OR_BRING),
    averaging: z.number().min(0).max(0.9999),
  }).superRefine((config, context) => {
    for (const [key, message] of conflicts(config, kinds))
      context.addIssue({ code: 'custom', path: key.split('.'), message });
  });
}

/** What the schema makes of a config. Throws `InputError` where an option's schema, which a loss of a caller's own has, throws. */
export const readTrainingConfig = (
  config: unknown,
  recipe: string,
  kinds: TrainingKinds,
): z.ZodSafeParseResult<TrainingConfig> =>
  readBy(trainingConfigSchema(kinds), config, () => ({
    word: 'recipe',
    name: recipe,
    part: "the schemas of its losses' options",
  }));

/** Throws `InputError` for a config that no schema has seen yet, such as one that a caller made by hand, where it is none. */
export function checkTrainingConfig(config: TrainingConfig, kinds: TrainingKinds = builtInTrainingKinds): void {
  const { error } = readTrainingConfig(config, config.recipe, kinds);
  if (error)
    throw new InputError(
      `${issuePlace(error, `recipe ${config.recipe}`)}: ${issueOf(error, config)}`,
      'invalid-config',
    );
}
