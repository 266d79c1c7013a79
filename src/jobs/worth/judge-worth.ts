import { type CompanyWorth, companyWorth } from '../../measure/company-worth.ts';
import type { Predictions } from '../../measure/predictions.ts';
import type { TrainingConfig } from '../../train/recipes/training-config.ts';
import type { Prepared } from '../prepare.ts';
import { finishedRuns, type RunsOptions } from '../recipes/finished-runs.ts';
import { predictionsOf } from '../recipes/run-store.ts';

export interface JudgeOptions extends Omit<RunsOptions, 'configs'> {
  /** A recipe whose scorer sees the list. */
  readonly list: TrainingConfig;
  /** One that scores item by item. */
  readonly pointwise: TrainingConfig;
  /** The smallest gain of clicks that counts as one, as a share: 0.01. */
  readonly least: number;
}

/** Trains both with every seed, and compares them on the test lists. Undefined when interrupted. */
export async function judgeWorth(
  prepared: Prepared,
  { list, pointwise, least, ...options }: JudgeOptions,
): Promise<CompanyWorth | undefined> {
  const runs = await finishedRuns(prepared, { ...options, configs: [pointwise, list] });
  if (!runs) return undefined;
  const { slates, test } = prepared.encoded;
  const of = ({ recipe }: TrainingConfig): readonly Predictions[] =>
    runs.filter((run) => run.config.recipe === recipe).map(predictionsOf);
  return companyWorth(slates.outcomes(test), { list: of(list), pointwise: of(pointwise), least });
}
