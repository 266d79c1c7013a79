import type { EncodedSlates, InputSpec } from '../../encoding/columns/encoded-slates.ts';
import type { ScorerConfig } from '../../models/shared/scorer-config.ts';
import type { Weights } from '../../models/tables/weights.ts';
import type { ErrorCode } from '../../slate/error-code.ts';
import type { Checkpoint } from '../checkpoints/checkpoint.ts';
import type { TrainingData, TrainingProgress, TrainingResult, TrainScorerOptions } from '../scorer/trainer.ts';

/** A training as another thread can be told of it: names where functions are, and columns that both threads read. */
export interface TrainingOrder {
  readonly scorer: string;
  /** Whether the scorer's first stage is trained. */
  readonly firstStage: boolean;
  readonly spec: InputSpec;
  readonly config: ScorerConfig;
  readonly weights: Weights;
  /** In shared memory. */
  readonly columns: EncodedSlates;
  readonly data: Pick<TrainingData, 'train' | 'validation' | 'partial'>;
  readonly options: Pick<TrainScorerOptions, (typeof plainOptions)[number]>;
  readonly checkpoint: Checkpoint | undefined;
  /** Whether checkpoints are kept. */
  readonly keeps: boolean;
}

/** The options that are no functions. */
export const plainOptions = [
  'config',
  'seed',
  'workers',
  'origin',
  'part',
  'stopAfter',
  'keep',
  'firstStageEpoch',
] as const;

/** What the thread is told. */
export type ToTrainer =
  | { readonly kind: 'train'; readonly order: TrainingOrder }
  /** What it asked for last has been done. */
  | { readonly kind: 'done' }
  | { readonly kind: 'stop' };

/** What the thread tells; it waits for `done` after `epochs` and `save`. */
export type FromTrainer =
  | { readonly kind: 'progress'; readonly progress: TrainingProgress }
  | { readonly kind: 'epochs'; readonly told: Pick<TrainingResult, 'epochs' | 'keptEpoch'> }
  | { readonly kind: 'save'; readonly checkpoint: Checkpoint }
  | { readonly kind: 'finished'; readonly result: TrainingResult; readonly weights: Weights }
  /** `code` of an `InputError`. */
  | { readonly kind: 'failed'; readonly message: string; readonly code: ErrorCode | undefined };
