import type { SlateSource } from '../../datasets/slate-source/slate-source.ts';
import type { Loss } from '../../losses/loss.ts';
import { losses as builtInLosses } from '../../losses/losses.ts';
import type { Registry } from '../../slate/registry.ts';
import type { EpochRecord } from '../../train/epoch-record.ts';
import type { TrainingConfig } from '../../train/recipes/training-config.ts';

export interface LearnedLists {
  readonly slates: Pick<SlateSource, 'outcomes'>;
  readonly train: Int32Array;
  readonly validation: Int32Array;
}

/**
 * Why the kept epoch of a training has learned nothing, in words; undefined where it has: on validation it is no better than one probability for all, the share of clicks in
 * the training part, by log loss; or, where no loss makes its scores probabilities, than a random order by ROC AUC.
 */
export function learnedNothing(
  { slates, train, validation }: LearnedLists,
  { config, record: { metrics }, losses = builtInLosses }: JudgedRun,
): string | undefined {
  const asked = `${config.recipe} has learned nothing: expected on validation`;
  const remedy =
    'lower optimizer.learningRate or train for longer; if that does not help, the log has nothing in it that this recipe can learn';
  // Other losses order items, or choose one of them: their log loss says nothing of what was learned.
  if (!config.losses.some(({ name }) => losses.named(name).calibrates === 'clicks'))
    return metrics.rocAuc > 0.5
      ? undefined
      : `${asked} a ROC AUC above 0.5, found ${metrics.rocAuc.toFixed(4)}; ${remedy}`;
  const [onTrain, onValidation] = [train, validation].map((lists) => rateOf(slates.outcomes(lists).labelS));
  const constant = logLossOfRate(onTrain, onValidation);
  if (metrics.logLoss < constant) return undefined;
  return `${asked} a log loss below ${constant.toFixed(4)}, that of one probability for all, found ${metrics.logLoss.toFixed(4)}; ${remedy}`;
}

interface JudgedRun {
  readonly config: TrainingConfig;
  readonly record: EpochRecord;
  /** Those that the config names are among them; the program's own unless told otherwise. */
  readonly losses?: Registry<Loss>;
}

/** Cross entropy of one probability for all, where this share of them is clicked. */
const logLossOfRate = (probability: number, clicked: number): number =>
  -(clicked * Math.log(probability) + (1 - clicked) * Math.log1p(-probability));

/** Never 0 nor 1 in the training part, as a fresh model's. */
const rateOf = (labels: Uint8Array): number =>
  (labels.reduce((sum, label) => sum + label, 0) + 1) / (labels.length + 2);
