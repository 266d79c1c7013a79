import { type CompanyWorth, companyWorth } from '../../measure/company-worth.ts';
import type { Predictions } from '../../measure/predictions.ts';
import { checkOptionsArgument } from '../../slate/check-argument.ts';
import { InputError } from '../../slate/input-error.ts';
import type { TrainingConfig } from '../../train/recipes/training-config.ts';
import { checkPrepared, type Prepared } from '../prepare.ts';
import { checkStudied } from '../recipes/check-studied.ts';
import { finishedRuns, type RunsOptions } from '../recipes/finished-runs.ts';
import { keepModel } from '../recipes/kept-model.ts';
import { predictionsOf } from '../recipes/run-store.ts';

/** Which models are compared, and how they are trained. */
export interface JudgeOptions extends Omit<RunsOptions, 'configs'> {
  /** A recipe whose scorer sees the list. */
  readonly list: TrainingConfig;
  /** One that scores item by item. */
  readonly pointwise: TrainingConfig;
  /** The smallest gain of clicks that counts as one, as a share; 0.01 unless told otherwise. */
  readonly least?: number;
}

const LEAST_GAIN = 0.01;

/**
 * Is company worth modelling? Trains both with every seed, two at least, and compares them on the test lists. Undefined when interrupted. Whether a log can tell at all, `companyInLog` and
 * `whySilent` say before any training. Throws `InputError` where the one sees no list, or the other does.
 */
export async function judgeWorth(prepared: Prepared, options: JudgeOptions): Promise<CompanyWorth | undefined> {
  checkPrepared(prepared, 'judgeWorth');
  checkOptionsArgument(options, 'judgeWorth', ['list', 'pointwise', 'seeds', 'workers', 'folder', 'reporter']);
  const { list, pointwise, least = LEAST_GAIN, ...runs } = options;
  checkStudied(prepared, { list, pointwise }, 'judgeWorth');
  if (options.seeds.length < 2)
    throw new InputError(
      `judgeWorth: expected two seeds or more, found ${options.seeds.length}; one training cannot show which is better`,
      'invalid-option',
    );
  const onTrained: RunsOptions['onTrained'] = async (trained, run) => {
    await options.onTrained?.(trained, run);
    // The one that is asked who lifts whom, if anybody asks.
    if (run.config === list && run.seed === options.seeds[0]) await keepModel(prepared, trained, run);
  };
  const finished = await finishedRuns(prepared, { ...runs, onTrained, configs: [pointwise, list] });
  if (!finished) return undefined;
  const { slates, test } = prepared.encoded;
  const of = ({ recipe }: TrainingConfig): readonly Predictions[] =>
    finished.filter((run) => run.config.recipe === recipe).map(predictionsOf);
  return companyWorth(slates.outcomes(test), { list: of(list), pointwise: of(pointwise), least });
}
