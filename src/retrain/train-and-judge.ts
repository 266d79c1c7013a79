/** The steps of a retraining, in their order; each is done once. */
import { join } from 'node:path';
import { openDataset } from '../datasets/folder/dataset.ts';
import { kindsOf } from '../jobs/kinds.ts';
import { loadModel, type StoredModel } from '../scoring/model-folder.ts';
import { InputError } from '../slate/input-error.ts';
import type { TrainingConfig } from '../train/recipes/training-config.ts';
import { checkJournal } from './check-journal.ts';
import { importJournal } from './import-journal.ts';
import { judgeCandidates } from './judge-candidates.ts';
import { nothingLeft } from './refused-days.ts';
import type { AskedRetraining, RetrainOptions } from './retrain-options.ts';
import { isOwnJournal, type RetrainWork } from './retrain-work.ts';
import type { Steps } from './steps.ts';
import { modelNameOf, placeModel, removeOlder } from './tidy-models.ts';
import { candidateOf, trainCandidates } from './train-candidates.ts';
import type { RetrainOutcome } from './verdict.ts';

export interface Ending {
  readonly outcome: RetrainOutcome;
  readonly recipe: string;
  /** Why no model was trained, where that is so. */
  readonly why?: string;
}

/** Undefined when interrupted. */
export async function trainAndJudge(
  folder: string,
  options: AskedRetraining & { readonly steps: Steps },
): Promise<Ending | undefined> {
  const { steps, models, settings, choice, keep, signal } = options;
  const { before: name } = steps.progress;
  const before = name === null ? undefined : await loadModel(join(models, name), kindsOf(settings.kinds));
  const config = configOf(options, before);
  const { recipe } = config;
  const data = join(folder, 'data');
  const work: RetrainWork = { ...options, data, before, config };

  await steps.once('import', async () => ({ data: await importJournal(work) }));
  const { data: facts } = steps.progress;
  if (facts === undefined) throw new TypeError('retrain: expected what the import found');
  if (before?.card.journal?.sequence === facts.sequence && (await isOwnJournal(work)(before)))
    return { outcome: 'kept', recipe, why: 'the journal has nothing that it does not know' };

  if (facts.to === null) {
    await steps.once('check', async () => ({ checks: [nothingLeft(work.refused)] }));
    return { outcome: 'stopped', recipe };
  }
  const dataset = await openDataset(data);
  await steps.once('check', async () => ({ checks: await checkJournal(work, dataset) }));
  if (steps.progress.checks?.some(({ isSound }) => !isSound)) return { outcome: 'stopped', recipe };
  if (!(await trainCandidates(work, { dataset, folder }))) return undefined;
  await steps.once('judge', async () => ({ judgement: await judgeCandidates(work, { dataset, folder }) }));
  if (steps.progress.judgement?.isNotWorse === false) return { outcome: 'kept', recipe };
  signal?.throwIfAborted();

  const model = modelNameOf({ to: facts.to, sequence: facts.sequence });
  await steps.once('place', async () => {
    await placeModel(candidateOf(folder, options.seeds[0]), join(models, model));
    return { model };
  });
  await steps.once('activate', async () => {
    await choice.activate(model);
    return {};
  });
  await steps.once('tidy', async () => ({
    removed: await removeOlder(models, { keep, spared: [model, name, ...(await choice.inUse())], work: folder }),
  }));
  return { outcome: 'activated', recipe };
}

function configOf({ config }: RetrainOptions, before: StoredModel | undefined): TrainingConfig {
  const found = config ?? (before?.card.config as TrainingConfig | undefined);
  if (found) return found;
  throw new InputError(
    'the recipe: expected one, as no model answers yet whose recipe could be taken, found none; name it (on the command line --recipe)',
    'invalid-option',
  );
}
