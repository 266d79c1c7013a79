import { z } from 'zod';
import { isObjective, objectiveNames } from '../../generate/request/objective.ts';
import type { PointerModelConfig } from '../../models/pointer.ts';
import { unlike } from '../../slate/nearest-name.ts';
import { oneOf, strictObject } from '../../slate/strict-schema.ts';
import type { OptimizerConfig } from '../recipes/training-config.ts';

/** Everything that decides a pointer's training but the data, the scorer and the seed. Stored, resolved, with every run. */
export interface PointerConfig {
  readonly recipe: string;
  readonly model: PointerModelConfig;
  /** Where the encoder and the blocks start: at the values of the scorer's, where those have the same sizes, or by chance. */
  readonly start: 'scorer' | 'chance';
  /** K: places of the slates it learns to compose. */
  readonly size: number;
  /** N: candidates of a training request, what was shown among them. */
  readonly candidates: number;
  /** Requests drawn from the training part, and from the validation part to choose the epoch by. */
  readonly requests: number;
  readonly heldOut: number;
  /** What a slate is worth under the scorer. */
  readonly objective: string;
  /**
   * What is imitated first: slates of a beam search by the scorer; `clicks`: what was clicked in the logged slate; `card`: the logged slate itself where anything
   * on it was clicked, the paper's demonstrations.
   */
  readonly demonstrations: 'beam' | 'clicks' | 'card';
  /** Width of the beam that demonstrates; 1 is a greedy search, which hill climbing soon betters. */
  readonly demonstrationWidth: number;
  /** Width of the beam that held-out requests are measured against. */
  readonly beamWidth: number;
  readonly imitation: StageConfig;
  readonly reinforcement: ReinforcementConfig;
  /** Its learning rate and warm-up are each stage's own. */
  readonly optimizer: Omit<OptimizerConfig, 'learningRate' | 'warmUp'>;
  /** Requests per step, and per micro-batch: what one worker runs at a time. */
  readonly batch: number;
  readonly microBatch: number;
  /** Epochs of reinforcement without a better held-out value before it stops. */
  readonly patience: number;
}

export interface StageConfig {
  /** 0: the stage is left out. */
  readonly epochs: number;
  readonly learningRate: number;
  /** Steps over which the rate rises from 0. */
  readonly warmUp: number;
}

export interface ReinforcementConfig extends StageConfig {
  /** Slates sampled per request and step. */
  readonly samples: number;
  /**
   * `slate`: a place's choice is credited with the slate's value less the mean of the request's other samples; `neighbours`: with what the slate loses when that
   * place is given to another candidate; `signed`: with 2p - 1 as it is, Exact-K's own, where p is the chance of any click (objective `any` alone).
   */
  readonly reward: 'slate' | 'neighbours' | 'signed';
  /** Which slates the policy's term reinforces: every sample, or one of the three best, drawn at random, as the authors' hill climbing has it. */
  readonly policy: 'samples' | 'climbed';
  /** c: share of the loss that imitates; 1 - c is the policy gradient's. */
  readonly imitationWeight: number;
  /**
   * What is imitated: `off` the demonstration; `sampled` one of the step's three best samples where it beats the demonstration; `best` the best slate of the
   * request seen so far.
   */
  readonly hillClimbing: 'off' | 'sampled' | 'best';
  /** Along which slate the imitated choices are asked for: their own, or the one that is reinforced (the first sample of all), as the authors' `schedule_sampling`. */
  readonly imitationPath: 'own' | 'reinforced';
  /** Weight of the choices' mean entropy. */
  readonly entropy: number;
}

/** Exact-K (Gong et al., KDD 2019) at the sizes of our scorers. */
export function exactKPointer(): PointerConfig {
  return {
    recipe: 'exact-k-pointer',
    model: {
      width: 64,
      blocks: 2,
      heads: 4,
      feedForward: 128,
      history: false,
      clip: 10,
      glimpse: 'added',
      intra: false,
    },
    start: 'scorer',
    size: 6,
    candidates: 50,
    requests: 5000,
    heldOut: 200,
    objective: 'clicks',
    demonstrations: 'beam',
    demonstrationWidth: 1,
    beamWidth: 3,
    imitation: { epochs: 3, learningRate: 2e-3, warmUp: 50 },
    reinforcement: {
      epochs: 5,
      learningRate: 7e-4,
      warmUp: 20,
      samples: 16,
      reward: 'slate',
      policy: 'samples',
      imitationWeight: 0.3,
      hillClimbing: 'best',
      imitationPath: 'own',
      entropy: 0,
    },
    optimizer: { weightDecay: 0.01, embeddingDecay: 0.01, clip: 1 },
    batch: 32,
    microBatch: 8,
    patience: 3,
  };
}

const count = z.number().int().positive().max(1e6);
const epochs = z.number().int().min(0).max(10_000);
const amount = z.number().min(0);
const stage = { epochs, learningRate: z.number().positive(), warmUp: z.number().int().min(0).max(1e7) };

/** The same as a schema: what a config file may say. */
export const pointerConfigSchema: z.ZodType<PointerConfig> = strictObject({
  recipe: z.string(),
  model: strictObject({
    width: count.max(4096),
    blocks: z.number().int().min(0).max(64),
    heads: count.max(256),
    feedForward: count.max(16_384),
    history: z.boolean(),
    clip: amount,
    glimpse: oneOf(['added', 'replaces']),
    intra: z.boolean(),
  }),
  start: oneOf(['scorer', 'chance']),
  size: count,
  candidates: count,
  requests: count,
  heldOut: count,
  objective: z.string().refine(isObjective, { error: ({ input }) => unlike(input, objectiveNames) }),
  demonstrations: oneOf(['beam', 'clicks', 'card']),
  demonstrationWidth: count,
  beamWidth: count,
  imitation: strictObject(stage),
  reinforcement: strictObject({
    ...stage,
    // The mean of a request's other samples is the baseline: one sample alone has none.
    samples: z.number().int().min(2).max(10_000),
    reward: oneOf(['slate', 'neighbours', 'signed']),
    policy: oneOf(['samples', 'climbed']),
    imitationWeight: z.number().min(0).max(1),
    hillClimbing: oneOf(['off', 'sampled', 'best']),
    imitationPath: oneOf(['own', 'reinforced']),
    entropy: amount,
  }),
  optimizer: strictObject({ weightDecay: amount, embeddingDecay: amount, clip: z.number().positive() }),
  batch: count,
  microBatch: count,
  patience: count,
}).refine(({ objective, reinforcement }) => reinforcement.reward !== 'signed' || objective === 'any', {
  path: ['reinforcement', 'reward'],
  error:
    "expected the objective 'any' with the reward 'signed', which is 2p - 1 of a chance p; found another objective: set objective to 'any', or reward to 'slate'",
});
