import type { Reporter } from '../jobs/reporter.ts';
import type { Settings } from '../jobs/settings.ts';
import type { ReadableJournal } from '../serve/journal/contract.ts';
import type { TrainingConfig } from '../train/recipes/training-config.ts';
import type { ModelChoice } from './choice/model-choice.ts';

export interface RetrainOptions {
  /** The folder of models that the server answers from. */
  readonly models: string;
  /** The journal as it is called, and its entries. */
  readonly journal: ReadableJournal & { readonly name: string };
  readonly choice: ModelChoice;
  readonly settings: Settings;
  /** How the new model is trained; as the one that answers where left out. */
  readonly config?: TrainingConfig | undefined;
  /** One model a seed; the first one is activated. */
  readonly seeds: readonly number[];
  /** Latest days whose lists judge, and are not learned from. */
  readonly days: number;
  /** Share of the log loss that the new model may be worse by. */
  readonly margin: number;
  /** Models of earlier retrainings that stay, beside the two that answered last. */
  readonly keep: number;
  /** Times whose lists are not learned from, and not checked, beside days that were refused before. */
  readonly leftOut: readonly Period[];
  /** The lists up to then were looked at by a person and count as sound; epoch milliseconds. */
  readonly acceptedUntil?: number | undefined;
  readonly workers: number;
  readonly reporter: Reporter;
  readonly signal?: AbortSignal | undefined;
  readonly now?: (() => number) | undefined;
}

/** Epoch milliseconds, without the end. */
export interface Period {
  readonly from: number;
  readonly to: number;
}

/** What is asked for, with what earlier nights found. */
export interface AskedRetraining extends RetrainOptions {
  /** Days that were refused; `leftOut` has them too. */
  readonly refused: readonly Period[];
}
