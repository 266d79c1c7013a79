/** Why does it overfit? Three causes, each with its experiment: too little data, biased data, the wrong task. */
import { encodeDataset } from '../../datasets/walk/encode-dataset.ts';
import type { Diagnosis, PartSize } from '../../measure/diagnosis-report.ts';
import { evenFactor, judgeCauses } from '../../measure/judge-causes.ts';
import { InputError } from '../../slate/input-error.ts';
import type { TrainingConfig } from '../../train/recipes/training-config.ts';
import { limitsOf, type Prepared } from '../prepare.ts';
import { finishedGroups, type RunsOptions } from '../recipes/finished-runs.ts';
import type { Settings } from '../settings.ts';
import { answerBias, biasGroups, lookForBias, withoutFields } from './bias-question.ts';
import { answerData, dataGroups } from './data-question.ts';
import { planDiagnosis } from './plan.ts';
import { answerTask, taskGroups } from './task-question.ts';
import { type Studied, trainedRuns } from './trainings.ts';
import { onClicksAlone } from './variants.ts';

export interface DiagnoseOptions extends Omit<RunsOptions, 'configs'> {
  /** The recipe that is asked about; what it learns beside clicks is left out. */
  readonly config: TrainingConfig;
  /** False: no trainings without regularisation and none with embeddings of single items, half of the work. They name no cause; they say what closes a gap. */
  readonly cures?: boolean;
}

/** Fewer lists of either part say nothing. */
const FEWEST = { train: 40, validation: 5, test: 5 } as const;

/** Undefined when interrupted. Throws `InputError` for a log that is too small. */
export async function diagnose(
  prepared: Prepared,
  { config, cures = true, ...options }: DiagnoseOptions,
): Promise<Diagnosis | undefined> {
  const { encoded } = prepared;
  for (const part of ['train', 'validation', 'test'] as const)
    if (encoded[part].length < FEWEST[part])
      throw new InputError(
        `diagnose: expected ${FEWEST[part]} ${part} lists or more, found ${encoded[part].length}; use a longer log`,
        'not-enough-data',
      );
  const { reporter, seeds } = options;
  const { offsets } = encoded.slates.outcomes(encoded.train);
  const plan = planDiagnosis({
    ...{ lists: encoded.train.length, shownItems: offsets[offsets.length - 1], epochs: config.epochs },
  });
  const studied: Studied = { prepared, config: onClicksAlone(config), plan, seeds };
  reporter.note('what the log shows of bias');
  const seen = lookForBias(studied);
  const { itemIdMinCount } = prepared.settings.encoders;
  const ids = cures
    ? await encodedAgain(prepared, { ...options, encoders: { itemIdMinCount: itemIdMinCount > 0 ? 0 : 1 } })
    : undefined;
  const fields = Object.fromEntries(seen.doubtful.map((field) => [field, 'ignored' as const]));
  const without = seen.doubtful.length > 0 ? await encodedAgain(prepared, { ...options, fields }) : undefined;
  const treatments = without ? [...seen.treatments, withoutFields(studied, seen.doubtful, without)] : seen.treatments;
  const facts = { ...seen, treatments };
  const finished = await finishedGroups(
    [...dataGroups(studied), ...taskGroups(studied, { ids, cures }), ...biasGroups(studied, facts)],
    options,
  );
  if (!finished) return undefined;
  reporter.note('intervals');
  const trained = trainedRuns(prepared, finished);
  const answers = {
    data: answerData(studied, trained, { factors: [evenFactor(facts.evenShare)] }),
    bias: answerBias(studied, trained, facts),
    task: answerTask(studied, trained, facts.signal),
  };
  return {
    ...{ recipe: config.recipe, seeds: seeds.length, ...judgeCauses(answers), ...answers },
    parts: {
      train: partSize(prepared, 'train'),
      validation: partSize(prepared, 'validation'),
      test: partSize(prepared, 'test'),
    },
    subsampled: plan.subsampled,
  };
}

/** Larger logs are not encoded again for the sake of one question. */
const MOST_ITEMS = 3e5;

interface Again extends Pick<DiagnoseOptions, 'signal' | 'reporter'> {
  readonly encoders?: Partial<Settings['encoders']>;
  readonly fields?: Settings['fields'];
}

/** The same lists under other settings; undefined of a large log, and of a recipe that reads a click graph or partial lists. */
async function encodedAgain(
  prepared: Prepared,
  { signal, reporter, encoders, fields }: Again,
): Promise<Prepared | undefined> {
  const { dataset, settings, encoded } = prepared;
  const readsMore = encoded.spec.graph !== undefined || encoded.slates.hasPartial;
  if (dataset.summary.shownItems > MOST_ITEMS || readsMore) return undefined;
  const changed: Settings = {
    ...settings,
    encoders: { ...settings.encoders, ...encoders },
    fields: { ...settings.fields, ...fields },
  };
  reporter.note(
    `the log once more, ${fields ? `without ${Object.keys(fields).join(', ')}` : 'with other embeddings of items'}`,
  );
  const again = await encodeDataset(dataset, { ...changed, graph: undefined, memory: limitsOf(settings), signal });
  return { ...prepared, settings: changed, encoded: again };
}

function partSize({ encoded }: Prepared, part: 'train' | 'validation' | 'test'): PartSize {
  const { labelS, userB } = encoded.slates.outcomes(encoded[part]);
  return {
    ...{ lists: userB.length, users: new Set(userB).size, shownItems: labelS.length },
    clicks: labelS.reduce((sum, label) => sum + label, 0),
  };
}
