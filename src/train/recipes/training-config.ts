import type { LossConfig } from '../../losses/loss.ts';
import type { FactorsConfig } from '../../models/shared/factor-sets.ts';
import type { GraphConfig, HeadKind, PersonalKind } from '../../models/shared/scorer-config.ts';

/** Everything that decides a training run but the data and the seed. Stored, resolved, with every run. */
export interface TrainingConfig {
  readonly recipe: string;
  /** One of the scorers, by name. */
  readonly scorer: string;
  readonly model: ModelConfig;
  /** What the scorer's first stage is trained on, before all else and frozen then; of scorers that have one. */
  readonly firstStage?: FirstStageConfig | undefined;
  /** How the factors of items are fitted, before all else and frozen then; of scorers that have a table for them. */
  readonly factors?: FactorsConfig | undefined;
  /** L = sum of weight * loss. */
  readonly losses: readonly LossConfig[];
  readonly optimizer: OptimizerConfig;
  /** Slates per step. */
  readonly batch: number;
  /**
   * Slates per micro-batch: what one worker runs at a time, small enough to stay in the processor's cache. The step is the same for all of them, but for rounding
   * and for what dropout draws; it is the same to the bit for any number of workers.
   */
  readonly microBatch: number;
  /**
   * Lists that are shuffled together; all unless told otherwise. With a window, batches are of lists of like length, so that little is padded, and a training needs few
   * lists at a time.
   */
  readonly window?: number | undefined;
  readonly epochs: number;
  /** Epochs without a better validation metric before training stops. */
  readonly patience: number;
  /** What validation chooses the epoch by: a metric by name, any but those that need a threshold. */
  readonly metric: string;
  /** Share of the weights' moving average that is kept at each step; 0 keeps no average. Validation and the stored model use the average. */
  readonly averaging: number;
}

export interface FirstStageConfig {
  readonly losses: readonly LossConfig[];
  readonly epochs: number;
  /** What its epoch is chosen by; NDCG@10 unless told otherwise. */
  readonly metric?: string | undefined;
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
  /** Whether the user's vector enters every item; scorers made for it have it anyway. */
  readonly user: boolean;
  /** Of PRM: whether the vector of user and item is learned with the rest, or by a click model that is trained first, as `firstStage` says. */
  readonly personal: PersonalKind;
  readonly listRelative: boolean;
  /** Pieces of the curve that says what each number is worth, between quantiles of the training part; 0: a straight line before the first block. */
  readonly pieces: number;
  /** Whether the vector that an item's fields make is normalised before it meets what is known of the user and the list: then its fields are weighed against each other. */
  readonly itemNorm: boolean;
  readonly head: HeadKind;
  /** Inducing vectors of induced set attention; 0: items attend to each other directly. */
  readonly inducing: number;
  /**
   * Whether PRM, SetRank and DLCM are as published within: PRM's blocks with the norm behind each half, SetRank's blocks as in its authors' code, DLCM's score of an
   * item by the paper's formula, with `heads` units. Absent: no.
   */
  readonly publishedBlocks?: boolean | undefined;
  /** Partial copies of every training list that are trained on, a whole number; 0: the scorer is made for whole slates. */
  readonly partial: number;
  /** Graph attention: how many layers of neighbours, and which attention (Velickovic et al. 2018, Brody et al. 2022). */
  readonly graph: GraphConfig;
}

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
