import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkKinds, kindsOf } from '../jobs/kinds.ts';
import { type Prepared, prepare } from '../jobs/prepare.ts';
import { trainModel } from '../jobs/recipes/train-model.ts';
import { checkChanges, resolveRecipe, type Settings, settingsFrom } from '../jobs/settings.ts';
import { logLossOfLogits } from '../metrics/log-loss.ts';
import { ndcgAt } from '../metrics/ndcg.ts';
import { rocAuc } from '../metrics/roc-auc.ts';
import { checkWorkers } from '../scoring/check-workers.ts';
import { loadModel, type StoredModel } from '../scoring/model-folder.ts';
import { predict } from '../scoring/predict.ts';
import { createScoringPool } from '../scoring/scoring-pool.ts';
import { checkSeed } from '../slate/check-seed.ts';
import { InputError } from '../slate/input-error.ts';
import { looksLikeSeconds } from '../slate/seconds.ts';
import { mergeDeep } from '../train/recipes/merge-deep.ts';
import { checkTrainOptions } from './check-options.ts';
import type { EventsInput } from './event-input.ts';
import { type FieldDefinitions, overridesOf } from './fields.ts';
import type { ListModel } from './list-model.ts';
import { createLiveModel } from './live-model.ts';
import { readReport, reportOf } from './make-report.ts';
import type { Figures } from './model-report.ts';
import type { TrainOptions } from './options.ts';
import { readEvents } from './read-events.ts';
import { refuseArguments } from './refuse-arguments.ts';
import { watchProgress } from './watch-progress.ts';

/**
 * Trains a list model from events: a list, anything that can be iterated over, or the path of a log (JSON lines, plain or gzipped) or of a data set folder. Events that cannot be
 * used are left out, counted and shown in `model.report.read.rejected`. Throws `InputError` where nothing usable is left, or where nothing was learned. Works in a folder
 * of its own in the system's folder for temporary files, and removes it however it ends.
 */
export function train<const F extends FieldDefinitions = FieldDefinitions>(
  events: EventsInput<NoInfer<F>>,
  options?: TrainOptions<F>,
): Promise<ListModel<F>>;
export async function train<const F extends FieldDefinitions>(
  events: EventsInput<NoInfer<F>>,
  options: TrainOptions<F> = {},
  ...surplus: readonly unknown[]
): Promise<ListModel<F>> {
  refuseArguments('train', events, options, ...surplus);
  checkTrainOptions(options);
  const { recipe = 'attention-listnet', seed = 1, workers = Math.min(8, availableParallelism()), signal } = options;
  signal?.throwIfAborted();
  checkWorkers(workers);
  checkSeed(seed);
  const settings = settingsOf(recipe, options);
  const config = resolveRecipe(recipe, settings);
  const { reporter, warnings, finish } = watchProgress(options.onProgress, signal);
  const folder = await mkdtemp(join(tmpdir(), 'slatewise-'));
  try {
    const { path, name } = await readEvents(events, { folder: join(folder, 'data'), settings, reporter, signal });
    const shared = { reporter, ...(signal ? { signal } : {}) };
    const prepared = {
      ...(await prepare(path, { settings, configs: [config], workers, cacheFolder: folder, name, ...shared })),
      path: name,
    };
    refuseSeconds(prepared);
    const made = {
      config,
      seed,
      workers,
      folder: join(folder, 'model'),
      refitAll: options.refitAll === true,
      ...shared,
    };
    const card = await trainModel(prepared, made);
    // With the signal's own reason, whatever it is.
    if (!card) signal?.throwIfAborted();
    if (!card)
      throw new Error('train: expected a trained model, found a training that ended without one and without an abort');
    const stored = await loadModel(made.folder, kindsOf(settings.kinds));
    const read = await readReport(prepared, warnings);
    const test = made.refitAll ? undefined : await figuresOnTest(prepared, stored, { workers, signal });
    await finish();
    signal?.throwIfAborted();
    const report = reportOf(card, stored.features.schema, { read, test });
    return await createLiveModel<F>(stored, report, { ...options, kinds: settings.kinds });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function settingsOf(recipe: string, { fields, settings = {}, changes, kinds: own = [] }: TrainOptions): Settings {
  checkKinds(own, 'train: ');
  if (settings.kinds !== undefined) checkKinds(settings.kinds, 'train: settings.');
  const every = settings.kinds === undefined ? own : [...settings.kinds, ...own];
  // Before anything is put over them: a part that is not valid would be lost.
  const checked = settingsFrom({ ...settings, kinds: every }, 'train: settings');
  // A name that no recipe has is told as such, not as one of the settings.
  resolveRecipe(recipe, checked);
  const recipes =
    changes === undefined
      ? {}
      : { recipes: { ...checked.recipes, [recipe]: mergeDeep(checked.recipes[recipe] ?? {}, changes) } };
  checkChanges(recipe, { ...checked, ...recipes }, 'train: changes');
  const kinds = fields === undefined ? {} : { fields: { ...checked.fields, ...overridesOf(fields) } };
  return settingsFrom({ ...checked, ...recipes, ...kinds }, 'train: settings');
}

function refuseSeconds({ dataset }: Prepared): void {
  const { firstTime, lastTime } = dataset.summary;
  if (!looksLikeSeconds(firstTime) || !looksLikeSeconds(lastTime)) return;
  throw new InputError(
    'train: expected times in milliseconds since 1970, found every list in January or February 1970, as times in seconds are; multiply them by 1,000',
    'times-in-seconds',
  );
}

async function figuresOnTest(
  { encoded }: Prepared,
  { model, calibration }: StoredModel,
  { workers, signal }: { readonly workers: number; readonly signal: AbortSignal | undefined },
): Promise<Figures> {
  const { slates, test } = encoded;
  const pool = await createScoringPool(model, workers);
  try {
    const { offsets, logits } = await predict(pool, model.tables, { slates, indices: test, calibration, signal });
    const { labelS } = slates.outcomes(test);
    return {
      logLoss: logLossOfLogits(logits, labelS),
      rocAuc: rocAuc(logits, labelS),
      ndcgAt10: ndcgAt({ offsetsB: offsets, scoreS: logits, labelS }, 10).value,
    };
  } finally {
    await pool.close();
  }
}
