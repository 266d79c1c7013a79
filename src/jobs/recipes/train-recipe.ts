import type { Outcomes } from '../../datasets/slate-source/slate-source.ts';
import { bestF1Threshold } from '../../metrics/best-f1-threshold.ts';
import type { Model } from '../../models/model.ts';
import { calibratedLogits } from '../../scoring/calibration/calibration.ts';
import { type ListHead, listLogitsOf } from '../../scoring/list-head/list-head.ts';
import { predict } from '../../scoring/predict.ts';
import type { PredictedLogits } from '../../scoring/predicted-logits.ts';
import { createScoringPool } from '../../scoring/scoring-pool.ts';
import {
  type CalibrationChoice,
  type FittedCalibration,
  fitCalibration,
} from '../../train/calibration/fit-calibration.ts';
import { fitListHead } from '../../train/list-head/fit-list-head.ts';
import type { PreparedLists } from '../prepare.ts';
import { warning } from '../reporter.ts';
import { type FitOptions, type FittedRecipe, fitRecipe } from './fit-recipe.ts';

export type TrainRecipeOptions = Omit<FitOptions, 'stopAfter' | 'keep' | 'firstStageEpochs'>;

/** A trained model, its threshold, and its logits on validation and test part. */
export interface TrainedRecipe extends FittedRecipe {
  /** Logit from which a click is predicted: best F1 on validation. */
  readonly threshold: number;
  /** Calibrated, of the validation part: what chose epoch and threshold. */
  readonly validationLogitS: Float32Array;
  /** Calibrated. */
  readonly testLogitS: Float32Array;
  /** Of at least one click on each list. */
  readonly testListLogitB: Float32Array;
  /** Fitted on validation. */
  readonly fitted: FittedCalibration;
  /** Fitted on validation, on calibrated logits. */
  readonly listHead: ListHead;
}

/** Trains one recipe with one seed and scores the test part once. Undefined when interrupted. */
export async function trainRecipe(
  prepared: PreparedLists,
  options: TrainRecipeOptions,
): Promise<TrainedRecipe | undefined> {
  const { slates, train, validation, test } = prepared.encoded;
  const { model, result } = await fitRecipe(prepared, { slates, train, validation }, options);
  if (result.interrupted) return undefined;
  const { signal } = options;
  const pool = await createScoringPool(model, options.workers, options);
  try {
    const outcomes = slates.outcomes(validation);
    const raw = await predict(pool, model.tables, { slates, indices: validation, signal });
    const choice = prepared.settings.calibration;
    const fitted = calibrationOn(raw, outcomes, { model, choice });
    const { calibration } = fitted;
    if (choice !== 'choose' && choice !== calibration.form) {
      const { config, seed, reporter } = options;
      reporter.note(
        warning(
          `seed ${seed} of ${config.recipe}: calibration ${choice} was asked for, which these validation lists do not give; the model is not calibrated`,
        ),
      );
    }
    const onValidation = { ...raw, logits: calibratedLogits(calibration, raw.logits) };
    const { threshold } = bestF1Threshold(onValidation.logits, outcomes.labelS);
    const onTest = await predict(pool, model.tables, { slates, indices: test, calibration, signal });
    const listHead = listHeadOn(onValidation, outcomes, model);
    return {
      model,
      result,
      threshold,
      validationLogitS: onValidation.logits,
      testLogitS: onTest.logits,
      testListLogitB: listLogitsOf(onTest, listHead),
      fitted,
      listHead,
    };
  } catch (error) {
    if (signal?.aborted) return undefined;
    throw error;
  } finally {
    await pool.close();
  }
}

/** What is chosen on validation. Of a choice among the items none is: their probabilities sum to at most 1, and would no longer. */
function calibrationOn(
  { logits }: PredictedLogits,
  outcomes: Outcomes,
  { model, choice }: { readonly model: Model; readonly choice: CalibrationChoice },
): FittedCalibration {
  const isChoice = choosesItem(model) && !hasSeveralClicks(outcomes);
  return fitCalibration({ ...outcomes, logitS: logits }, isChoice ? 'none' : choice);
}

const choosesItem = ({ config }: Pick<Model, 'config'>): boolean =>
  config.head === 'choice' || config.head === 'choice-or-none';

/** Whether a list has more than one click: then it was no choice. */
function hasSeveralClicks({ offsets, labelS }: Outcomes): boolean {
  for (let b = 0; b + 1 < offsets.length; b++) {
    const clicks = labelS.subarray(offsets[b], offsets[b + 1]).reduce((sum, label) => sum + label, 0);
    if (clicks > 1) return true;
  }
  return false;
}

function listHeadOn(
  { offsets, logits, slateLogits }: PredictedLogits,
  { labelS }: Outcomes,
  model: Pick<Model, 'scorer' | 'config'>,
): ListHead {
  const lists = Array.from({ length: slateLogits.length }, (_, b) => [offsets[b], offsets[b + 1]] as const);
  return fitListHead(
    {
      logitsB: lists.map(([start, end]) => logits.subarray(start, end)),
      ownLogitB: slateLogits,
      clickedB: lists.map(([start, end]) => Number(labelS.subarray(start, end).includes(1))),
    },
    { hasOwnLogit: model.scorer.learnsSlateLogit === true || choosesItem(model) },
  );
}
