import type { Outcomes, SlateSource } from '../../datasets/slate-source/slate-source.ts';
import { logLossOfLogits } from '../../metrics/log-loss.ts';
import type { Metric } from '../../metrics/metric.ts';
import { ndcgAt } from '../../metrics/ndcg.ts';
import { numberUsers } from '../../metrics/number-users.ts';
import { partStatistics, valuesOfPart } from '../../metrics/part-statistics.ts';
import { rocAuc } from '../../metrics/roc-auc.ts';
import type { Model } from '../../models/model.ts';
import type { Feeds } from '../../models/tables/scorer-feeds.ts';
import { createRng } from '../../random/rng.ts';
import type { Pool } from '../../runtime/pool.ts';
import { predict, type Range } from '../../scoring/predict.ts';
import type { PredictedLogits } from '../../scoring/predicted-logits.ts';
import type { EpochRecord, PartLoss } from '../epoch-record.ts';
import type { TrainingConfig } from '../recipes/training-config.ts';
import { diverged } from './diverged.ts';
import { listsOfSlots, type TermCounts, termShares } from './term-shares.ts';
import { negativeGradientName, termName } from './training-graph.ts';

export interface ValidateOptions {
  readonly model: Model;
  readonly data: {
    readonly slates: SlateSource;
    /** Where the loss of training lists is measured; `slates` unless told otherwise. */
    readonly learned?: SlateSource;
    readonly train: Int32Array;
    readonly validation: Int32Array;
  };
  readonly config: TrainingConfig;
  /** Of the config's terms. */
  readonly counts: TermCounts;
  /** That of the config: what chooses the epoch. */
  readonly metric: Metric;
  readonly seed: number;
  readonly epoch: number;
  /** Stops it: it rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** Training lists whose loss is measured after each epoch, drawn once per run; all of a smaller part. */
const TRAIN_SAMPLE = 2000;

/** Losses of both parts in the same mode (nothing dropped, same weights), so that the gap between them is overfitting and nothing else. */
export async function validate(
  pool: Pool,
  { model, data, config, counts, metric, seed, epoch, signal }: ValidateOptions,
): Promise<EpochRecord> {
  const { slates } = data;
  const sample = createRng(seed).split('train sample').shuffle(data.train.slice()).subarray(0, TRAIN_SAMPLE);
  // In order where lists may lie in files: each file is then read once.
  if (config.window !== undefined) sample.sort();
  const judged = (from: SlateSource, indices: Int32Array): Promise<PredictedLogits> => {
    const { offsets, labelS } = from.outcomes(indices);
    const lists = listsOfSlots(offsets, labelS);
    const feeds = (batches: readonly Range[]): readonly Feeds[] =>
      termShares(
        batches.map(({ start, end }) => lists.slice(start, end)),
        counts,
      );
    return predict(pool, model.tables, { slates: from, indices, signal, feeds });
  };
  const onTrain = await judged(data.learned ?? slates, sample);
  const onValidation = await judged(slates, data.validation);
  if (onValidation.logits.some(Number.isNaN)) {
    throw diverged(`${config.recipe}, epoch ${epoch}`, 'scores that are not numbers', config.optimizer.learningRate);
  }
  const outcomes = slates.outcomes(data.validation);
  const { labelS } = outcomes;
  const trainLabelS = slates.outcomes(sample).labelS;
  const ofValidation = partLoss(onValidation, labelS, config);
  return {
    epoch,
    train: partLoss(onTrain, trainLabelS, config),
    validation: ofValidation,
    metrics: {
      ...chosenBy(metric, onValidation, outcomes),
      logLoss: ofValidation.logLoss,
      rocAuc: rocAuc(onValidation.logits, labelS),
      ndcgAt10: ndcgAt({ offsetsB: onValidation.offsets, scoreS: onValidation.logits, labelS }, 10).value,
    },
    gradientOnNegatives: perNegative(onTrain.scalars[negativeGradientName], trainLabelS),
  };
}

/** Root mean square per unclicked item of the slope of a loss that were a sum over items, from the sum of squares of the slope of their mean. */
function perNegative(sumOfSquares: number, labelS: Uint8Array): number {
  const negatives = labelS.reduce((sum, label) => sum + 1 - label, 0);
  return labelS.length * Math.sqrt(sumOfSquares / Math.max(negatives, 1));
}

/** The value of the metric that chooses, by its name. */
function chosenBy(metric: Metric, { logits, offsets }: PredictedLogits, outcomes: Outcomes): Record<string, number> {
  const { count, indexB } = numberUsers(outcomes.userB);
  const part = { offsetsB: offsets, labelS: outcomes.labelS, userB: indexB, users: count };
  return valuesOfPart(partStatistics([metric], { ...part, scale: 'logit', valueS: logits, threshold: Number.NaN }));
}

export function isBetter(
  { name, higherIsBetter }: Metric,
  candidate: EpochRecord,
  best: EpochRecord | undefined,
): boolean {
  if (!best) return true;
  // A metric may have no value yet while the model knows little.
  if (Number.isNaN(best.metrics[name])) return !Number.isNaN(candidate.metrics[name]);
  const gain = candidate.metrics[name] - best.metrics[name];
  return higherIsBetter ? gain > 0 : gain < 0;
}

function partLoss({ scalars, logits }: PredictedLogits, labelS: Uint8Array, { losses }: TrainingConfig): PartLoss {
  const terms = Object.fromEntries(losses.map(({ name }) => [name, scalars[termName(name)]]));
  const total = losses.reduce((sum, { name, weight }) => sum + weight * terms[name], 0);
  return { total, terms, logLoss: logLossOfLogits(logits, labelS) };
}
