/** The steps of a retraining, in their order; each is done once. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Dataset, openDataset } from '../datasets/folder/dataset.ts';
import { importLog } from '../datasets/import/import-log.ts';
import { loadProfile } from '../datasets/profile/profile-file.ts';
import { MODEL_FOLDER } from '../files/folder-kinds.ts';
import { kindsOf } from '../jobs/kinds.ts';
import { prepare } from '../jobs/prepare.ts';
import { trainModel } from '../jobs/recipes/train-model.ts';
import { warning } from '../jobs/reporter.ts';
import { loadModel, type StoredModel } from '../scoring/model-folder.ts';
import { journalSource } from '../serve/journal/journal-source.ts';
import { compareJournal } from '../serve/journal/known-position.ts';
import { InputError } from '../slate/input-error.ts';
import type { TrainingConfig } from '../train/recipes/training-config.ts';
import { checkDays } from './checks/check-days.ts';
import { AFTER, BEFORE, judgeModels } from './judge/judge-models.ts';
import { latestDays, splitBefore } from './judge/latest-days.ts';
import { predictLists } from './judge/predict-lists.ts';
import { overlaps, withoutPeriods } from './left-out.ts';
import type { RetrainOptions } from './retrain-options.ts';
import type { RetrainProgress, Steps } from './steps.ts';
import { modelNameOf, placeModel, removeOlder } from './tidy-models.ts';
import type { DataFacts, RetrainOutcome } from './verdict.ts';

export interface Ending {
  readonly outcome: RetrainOutcome;
  readonly recipe: string;
  /** Why no model was trained, where that is so. */
  readonly why?: string;
}

/** What every step works with. */
interface Work extends RetrainOptions {
  readonly steps: Steps;
  readonly data: string;
  readonly before: StoredModel | undefined;
  readonly config: TrainingConfig;
}

/** Undefined when interrupted. */
export async function trainAndJudge(
  folder: string,
  options: RetrainOptions & { readonly steps: Steps },
): Promise<Ending | undefined> {
  const { steps, models, settings, choice, keep, signal } = options;
  const { before: name } = steps.progress;
  const before = name === null ? undefined : await loadModel(join(models, name), kindsOf(settings.kinds));
  const config = configOf(options, before);
  const { recipe } = config;
  const data = join(folder, 'data');
  const work: Work = { ...options, data, before, config };

  await steps.once('import', async () => ({ data: await importJournal(work) }));
  const { data: facts } = steps.progress;
  if (facts === undefined) throw new TypeError('retrain: expected what the import found');
  if (before?.card.journal?.sequence === facts.sequence && (await isOwnJournal(work)(before)))
    return { outcome: 'kept', recipe, why: 'the journal has nothing that it does not know' };

  const dataset = await openDataset(data);
  await steps.once('check', async () => ({ checks: await check(work, dataset) }));
  if (steps.progress.checks?.some(({ isSound }) => !isSound)) return { outcome: 'stopped', recipe };
  if (!(await trainAll(work, { dataset, folder }))) return undefined;
  await steps.once('judge', async () => ({ judgement: await judge(work, { dataset, folder }) }));
  if (steps.progress.judgement?.isNotWorse === false) return { outcome: 'kept', recipe };
  signal?.throwIfAborted();

  const model = modelNameOf(facts);
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

async function importJournal({ journal, settings, data, leftOut, reporter, signal }: Work): Promise<DataFacts> {
  const { joinWindow, labelTypes } = settings;
  const source = withoutPeriods(journalSource(journal.name, { joinWindow, labelTypes }, journal), leftOut);
  const summary = await importLog(source, data, {
    ...{ joinWindow, labelTypes, signal, keepsRejected: false },
    onProgress: (done) => reporter.progress({ task: 'import', done, unit: 'entries' }),
  });
  reporter.done('import');
  const { lists, clicks, firstTime, lastTime } = summary;
  const [from, to] = [firstTime, lastTime].map((time) => new Date(time).toISOString());
  return { sequence: summary.journal?.sequence ?? 0, lists, clicks, from, to };
}

/** Nothing is found where no training is known that the days could be held against. */
async function check(work: Work, dataset: Dataset): Promise<NonNullable<RetrainProgress['checks']>> {
  const { steps, models, before, leftOut, acceptedUntil = Number.NEGATIVE_INFINITY, reporter } = work;
  const { before: name } = steps.progress;
  if (name === null || before === undefined) return [];
  const profile = await loadProfile(join(models, name));
  if (profile === undefined || profile.days.length === 0) {
    reporter.note(warning(`${name} does not tell what its log was like; the data are not checked`));
    return [];
  }
  return checkDays(dataset, {
    profile,
    knownUntil: before.card.knownUntil,
    passedOver: (day) => day.to <= acceptedUntil || overlaps(leftOut, day),
  });
}

const candidateOf = (folder: string, seed: number): string => join(folder, 'candidates', `seed-${seed}`);

interface At {
  readonly dataset: Dataset;
  /** Where the work is done. */
  readonly folder: string;
}

/** One model a seed; a training that was interrupted goes on from its checkpoint. False when interrupted. */
async function trainAll(work: Work, { dataset, folder }: At): Promise<boolean> {
  const { steps, seeds, days, config, workers, reporter, signal, data } = work;
  if (steps.progress.done.includes('judge')) return true;
  const missing: number[] = [];
  for (const seed of seeds) if (!(await isModel(candidateOf(folder, seed)))) missing.push(seed);
  if (missing.length === 0) return true;
  const facts = await dataset.impressionFacts();
  const split = splitBefore(latestDays(facts, days), facts.times.length, work.settings.split);
  const prepared = await prepare(data, {
    ...{
      settings: { ...work.settings, split },
      configs: [config],
      cacheFolder: folder,
      reporter,
      name: work.journal.name,
    },
    ...(signal ? { signal } : {}),
  });
  for (const seed of missing) {
    const trained = await trainModel(prepared, {
      ...{ config, seed, workers, reporter, folder: candidateOf(folder, seed) },
      ...(signal ? { signal } : {}),
    });
    if (!trained) return false;
  }
  return true;
}

const isModel = (folder: string): Promise<boolean> =>
  stat(join(folder, MODEL_FOLDER.mark)).then(
    () => true,
    () => false,
  );

const isOwnJournal =
  ({ journal }: Pick<Work, 'journal'>) =>
  async ({ card }: StoredModel): Promise<boolean> =>
    card.journal !== undefined && (await compareJournal(card.journal, journal)) !== 'other';

/** Null where there is no model to be compared with. */
async function judge(work: Work, { dataset, folder }: At): Promise<NonNullable<RetrainProgress['judgement']> | null> {
  const { models, seeds, days, margin, workers, settings, signal, steps, reporter } = work;
  const { before: name } = steps.progress;
  if (name === null) return null;
  const from = latestDays(await dataset.impressionFacts(), days);
  const asked = { dataset, from, workers, kinds: kindsOf(settings.kinds), isOwnJournal: isOwnJournal(work), signal };
  reporter.note(`comparing with ${name}`);
  const { lists, predictions: before } = await predictLists(join(models, name), { ...asked, name: BEFORE });
  const after = [];
  for (const seed of seeds)
    after.push((await predictLists(candidateOf(folder, seed), { ...asked, name: AFTER })).predictions);
  return judgeModels(lists, { before, after }, { margin });
}
