import { join } from 'node:path';
import type { Dataset } from '../../datasets/folder/dataset.ts';
import {
  type FolderKind,
  MODEL_FOLDER,
  POINTER_FOLDER,
  TRAINING_FOLDER,
  trainingBeside,
} from '../../files/folder-kinds.ts';
import { checkOutputs } from '../../files/outputs.ts';
import { windowed, withListsOnDisk } from '../../jobs/out-of-core.ts';
import { trainPointer } from '../../jobs/pointer/train-pointer.ts';
import { type PreparedLists, prepare, prepareOnDisk } from '../../jobs/prepare.ts';
import { type TrainedCard, trainModel } from '../../jobs/recipes/train-model.ts';
import { resolvePointer, resolveRecipe, type Settings } from '../../jobs/settings.ts';
import type { UserFold } from '../../jobs/user-fold.ts';
import type { PointerConfig } from '../../train/pointer/pointer-config.ts';
import { POINTER_RECIPE } from '../../train/pointer/pointer-name.ts';
import type { TrainingConfig } from '../../train/recipes/training-config.ts';
import { checkRecipes, settingsOf } from '../asked-settings.ts';
import { Interrupted, UsageError } from '../exit-codes.ts';
import { abortOnInterrupt } from '../interrupt.ts';
import type { DataArguments } from '../options/data-options.ts';
import type { TrackingArguments } from '../options/tracking-options.ts';
import { printJson } from '../print-json.ts';
import { createReporter } from '../progress.ts';
import { judgeRejects } from '../told-rejects.ts';
import { trackerOf } from '../tracker-of.ts';

/** `--show-config` needs no place to write to. */
export interface TrainArguments extends DataArguments, TrackingArguments {
  readonly recipe: string;
  readonly seed: number;
  readonly out?: string;
  readonly refitAll?: boolean;
  readonly fold?: UserFold;
  /** Folder of the encoded lists. */
  readonly outOfCore?: string;
  readonly scorer?: string;
  readonly size?: number;
  readonly candidates?: number;
  readonly objective?: string;
  readonly showConfig?: boolean;
}

export type WithOut = TrainArguments & { readonly out: string };

/** `--show-config`: prints the config as the options and the settings make it. */
export async function showConfig(options: TrainArguments): Promise<void> {
  printJson(configOf(await settingsFor(options), options));
}

async function settingsFor(options: TrainArguments): Promise<Settings> {
  const settings = await settingsOf(options);
  checkRecipes('--recipe', [options.recipe], { settings, more: [POINTER_RECIPE] });
  return settings;
}

export async function runTrain(data: string, options: WithOut): Promise<void> {
  const settings = await settingsFor(options);
  if (options.recipe === POINTER_RECIPE) return trainPointerFrom(data, settings, options);
  const config = recipeConfigOf(settings, options);
  const reporter = createReporter();
  await checkTrainOutputs(data, MODEL_FOLDER, { ...options, note: reporter.note });
  const signal = abortOnInterrupt();
  const { workers, cache: cacheFolder } = options;
  const how = { settings, configs: [config], workers, cacheFolder, reporter, signal };
  const tracker = trackerOf(options, reporter.note);
  const trainOn = async (prepared: PreparedLists): Promise<{ card: TrainedCard | undefined; dataset: Dataset }> => ({
    card: await trainModel(prepared, { ...options, config, folder: options.out, reporter, signal, tracker }),
    dataset: prepared.dataset,
  });
  const { card, dataset } =
    options.outOfCore === undefined
      ? await trainOn(await prepare(data, how))
      : await withListsOnDisk({ folder: options.outOfCore, window: windowed(config).window }, async (disk) =>
          trainOn(await prepareOnDisk(data, { ...how, disk })),
        );
  if (!card) throw new Interrupted(`interrupted; the same command goes on from ${trainingBeside(options.out)}`);
  if (options.json) printJson({ folder: options.out, ...card });
  else {
    const { keptEpoch, metrics, calibration } = card.protocol;
    process.stdout.write(
      `${options.out}: ${card.recipe}, epoch ${keptEpoch}; validation log loss ${metrics.logLoss.toFixed(4)}, ROC AUC ${metrics.rocAuc.toFixed(4)}, NDCG@10 ${metrics.ndcgAt10.toFixed(4)}; calibration: ${calibration.form}\n`,
    );
  }
  judgeRejects(dataset.summary, options.allowRejects, join(dataset.folder, 'rejected.jsonl'));
}

function configOf(settings: Settings, options: TrainArguments): TrainingConfig | PointerConfig {
  return options.recipe === POINTER_RECIPE ? pointerConfigOf(settings, options) : recipeConfigOf(settings, options);
}

function recipeConfigOf(settings: Settings, { recipe, outOfCore }: TrainArguments): TrainingConfig {
  const config = resolveRecipe(recipe, settings);
  return outOfCore === undefined ? config : windowed(config);
}

function pointerConfigOf(settings: Settings, { size, candidates, objective }: TrainArguments): PointerConfig {
  return resolvePointer(settings, {
    ...(size === undefined ? {} : { size }),
    ...(candidates === undefined ? {} : { candidates }),
    ...(objective === undefined ? {} : { objective }),
  });
}

async function trainPointerFrom(data: string, settings: Settings, options: WithOut): Promise<void> {
  const { scorer, out } = options;
  const config = pointerConfigOf(settings, options);
  if (scorer === undefined) {
    throw new UsageError(
      `--recipe ${POINTER_RECIPE}: expected a model that judges slates, found no --scorer; train one first and name its folder`,
    );
  }
  const reporter = createReporter();
  await checkTrainOutputs(data, POINTER_FOLDER, { ...options, note: reporter.note });
  const trained = await trainPointer(data, {
    config,
    scorer,
    folder: out,
    seed: options.seed,
    workers: options.workers,
    settings,
    cacheFolder: options.cache,
    reporter,
    signal: abortOnInterrupt(),
    tracker: trackerOf(options, reporter.note),
  });
  if (!trained) throw new Interrupted(`interrupted; the same command goes on from ${trainingBeside(out)}`);
  const { card, dataset } = trained;
  if (options.json) printJson({ folder: out, ...card });
  else {
    const { keptEpoch, records, heldOut } = card.protocol;
    const { greedyValue, share } = records[keptEpoch - 1];
    process.stdout.write(
      `${out}: ${card.recipe}, epoch ${keptEpoch}; ${card.objective} of its slates on ${heldOut} held-out requests ${greedyValue.toFixed(4)}, ${(100 * share).toFixed(1)} % of a beam search's\n`,
    );
  }
  judgeRejects(dataset.summary, options.allowRejects, join(dataset.folder, 'rejected.jsonl'));
}

function checkTrainOutputs(
  data: string,
  folder: FolderKind,
  { out, cache, config, scorer, note }: WithOut & { readonly note: (message: string) => void },
): Promise<void> {
  return checkOutputs(
    [
      { path: out, folder },
      { path: trainingBeside(out), growing: TRAINING_FOLDER },
      { path: cache, cache: true },
    ],
    { inputs: [data, config || undefined, scorer], note },
  );
}
