import { basename, join } from 'node:path';
import { profileDataset } from '../../datasets/profile/profile-dataset.ts';
import { saveProfile } from '../../datasets/profile/profile-file.ts';
import { MODEL_FOLDER, TRAINING_FOLDER, trainingBeside } from '../../files/folder-kinds.ts';
import { checkReplaceable, openGrowing, removeGrowing } from '../../files/output-folder.ts';
import { refuseInside } from '../../files/outputs.ts';
import { countPart, type PartCounts } from '../../measure/protocol.ts';
import { bestF1Threshold } from '../../metrics/best-f1-threshold.ts';
import type { Model } from '../../models/model.ts';
import { type ModelCard, saveModel } from '../../scoring/model-folder.ts';
import { checkOptionsArgument } from '../../slate/check-argument.ts';
import { InputError } from '../../slate/input-error.ts';
import type { CalibrationTrial } from '../../train/calibration/fit-calibration.ts';
import { checkpointFolder } from '../../train/checkpoints/checkpoint-folder.ts';
import type { EpochRecord } from '../../train/epoch-record.ts';
import { kindsOf } from '../kinds.ts';
import { checkPrepared, type PreparedLists } from '../prepare.ts';
import { copyRunFiles, recordRun } from '../runs/record-run.ts';
import type { Tracker } from '../runs/tracker.ts';
import { foldName, listsOfFold, type UserFold } from '../user-fold.ts';
import { versions } from '../version.ts';
import { companyLists } from './company-lists.ts';
import { type FitOptions, fitRecipe } from './fit-recipe.ts';
import { learnedNothing } from './learned-nothing.ts';
import { type TrainedRecipe, type TrainRecipeOptions, trainRecipe } from './train-recipe.ts';
import { saveValidationCurves, validationCurves } from './validation-curves.ts';

/** A model card with what this program knows of its training. */
export interface TrainedCard extends ModelCard {
  readonly protocol: {
    readonly data: string;
    readonly split: unknown;
    readonly parts: Readonly<Record<'train' | 'validation' | 'test', PartCounts>>;
    readonly keptEpoch: number;
    /** The epoch that the first stage kept, of recipes that have one. */
    readonly firstStageEpoch?: number;
    /** On validation, of the epoch that is kept. */
    readonly metrics: EpochRecord['metrics'];
    readonly epochs: readonly EpochRecord[];
    readonly thresholdSource: string;
    /** How items' logits are calibrated, and what each form brought on validation users that it was not fitted on. */
    readonly calibration: { readonly form: string; readonly trials: readonly CalibrationTrial[] };
    /** Smoothed click rate from which the item rate predicts a click: best F1 on validation, like the model's own. Null where validation has no click. */
    readonly itemRateThreshold: number | null;
    /** True where the weights are of a training on all parts: metrics, epochs and threshold are those of the run that chose the epoch. */
    readonly refitOnAll: boolean;
    /** Share of the training users it learned from, such as `1/2`; absent: all. */
    readonly fold?: string;
    readonly versions: Readonly<Record<string, string>>;
  };
}

export interface TrainModelOptions extends Omit<TrainRecipeOptions, 'checkpoints' | 'log'> {
  readonly folder: string;
  /** Afterwards trains anew on every list there is, for as many epochs: the model for production. */
  readonly refitAll?: boolean;
  /** Learns from the lists of these training users only; validation and test stay as they are. */
  readonly fold?: UserFold;
  /** Where the training is told beside its folder. */
  readonly tracker?: Tracker | undefined;
}

/** Trains one recipe and writes its model folder. Throws `InputError`, and writes none, where nothing was learned. Undefined when interrupted: what is needed to go on is in `<folder>.training`. */
export async function trainModel(whole: PreparedLists, options: TrainModelOptions): Promise<TrainedCard | undefined> {
  checkPrepared(whole, 'trainModel');
  checkOptionsArgument(options, 'trainModel', ['config', 'folder', 'reporter']);
  await refuseInside(options.folder);
  await checkReplaceable(options.folder, MODEL_FOLDER);
  const training = trainingBeside(options.folder);
  const prepared = options.fold ? onFold(whole, options.fold) : whole;
  // Another share is another run: it must not go on from this one's checkpoint.
  const runFolder = options.fold ? join(training, 'folds', foldName(options.fold).replace('/', '-of-')) : training;
  await openGrowing(training, TRAINING_FOLDER);
  const { config, seed, tracker } = options;
  const start = {
    folder: runFolder,
    run: basename(options.folder),
    recipe: config.recipe,
    seed,
    data: whole.path,
    config,
    tracker,
  };
  const made = await recordRun(start, async (log) => {
    const trained = await trainRecipe(prepared, { ...options, checkpoints: checkpointFolder(runFolder), log });
    if (!trained) return undefined;
    const model = await modelOf(prepared, trained, options);
    return model && { ...trained, model };
  });
  if (!made) return undefined;
  const card = cardOf(prepared, made, { ...options, learnedUntil: await learnedUntil(prepared, options) });
  const { features, memory } = prepared.encoded;
  const { model, fitted, listHead } = made;
  const seen = { ...features, graph: model.spec.graph && features.graph };
  const curves = validationCurves(prepared.encoded.slates.outcomes(prepared.encoded.validation), {
    ...{ recipe: config.recipe, seed, logitS: made.validationLogitS },
  });
  const also = async (building: string): Promise<void> => {
    await copyRunFiles(runFolder, building);
    await saveValidationCurves(building, curves);
    await saveProfile(building, await profileDataset(prepared.dataset));
  };
  await saveModel(options.folder, {
    model,
    calibration: fitted.calibration,
    listHead,
    features: seen,
    memory,
    lists: await companyLists(prepared, seed),
    card,
    also,
  });
  await removeGrowing(training, TRAINING_FOLDER);
  return card;
}

/** The model that was chosen, or one trained for as long on every list; undefined where that is interrupted. Throws `InputError` where nothing was learned. */
async function modelOf(
  prepared: PreparedLists,
  { model, result }: TrainedRecipe,
  options: TrainModelOptions,
): Promise<Model | undefined> {
  const { epochs, keptEpoch, firstStageEpoch } = result;
  const { losses } = kindsOf(prepared.settings.kinds);
  const why = learnedNothing(prepared.encoded, { config: options.config, record: epochs[keptEpoch - 1], losses });
  if (why !== undefined) {
    await removeGrowing(trainingBeside(options.folder), TRAINING_FOLDER);
    throw new InputError(`${why}; no model is written`, 'learned-nothing');
  }
  if (!options.refitAll) return model;
  return refit(prepared, { ...options, stopAfter: keptEpoch, firstStageEpochs: firstStageEpoch });
}

function cardOf(
  { encoded, dataset, path, settings }: PreparedLists,
  { result, threshold, fitted }: TrainedRecipe,
  { config, seed, refitAll, fold, learnedUntil }: TrainModelOptions & { readonly learnedUntil: number | undefined },
): TrainedCard {
  const { slates } = encoded;
  const { epochs, keptEpoch, firstStageEpoch } = result;
  const validation = slates.outcomes(encoded.validation);
  const itemRate = bestF1Threshold(validation.itemRateS, validation.labelS).threshold;
  return {
    recipe: config.recipe,
    seed,
    threshold,
    knownUntil: dataset.summary.lastTime,
    ...(learnedUntil === undefined ? {} : { learnedUntil }),
    ...(dataset.summary.journal ? { journal: dataset.summary.journal } : {}),
    config,
    version: versions().slatewise,
    protocol: {
      data: path,
      split: settings.split,
      parts: {
        train: countPart(slates.outcomes(encoded.train)),
        validation: countPart(validation),
        test: countPart(slates.outcomes(encoded.test)),
      },
      keptEpoch,
      ...(firstStageEpoch ? { firstStageEpoch } : {}),
      metrics: epochs[keptEpoch - 1].metrics,
      epochs,
      thresholdSource: 'best F1 on validation',
      calibration: { form: fitted.calibration.form, trials: fitted.trials },
      itemRateThreshold: Number.isNaN(itemRate) ? null : itemRate,
      refitOnAll: refitAll === true,
      ...(fold ? { fold: foldName(fold) } : {}),
      versions: versions(),
    },
  };
}

/** When the last list was shown that training or the choice of its epoch used; undefined where none of a later time was held out. */
async function learnedUntil(
  { encoded, dataset, settings }: PreparedLists,
  { refitAll }: TrainModelOptions,
): Promise<number | undefined> {
  if (refitAll || settings.split.by !== 'time') return undefined;
  const { times } = await dataset.impressionFacts();
  return [...encoded.train, ...encoded.validation].reduce((last, at) => Math.max(last, times[encoded.listB[at]]), 0);
}

function onFold(prepared: PreparedLists, fold: UserFold): PreparedLists {
  const { encoded } = prepared;
  const train = listsOfFold(encoded.slates, encoded.train, fold);
  if (train.length > 0) return { ...prepared, encoded: { ...encoded, train } };
  throw new InputError(
    `fold ${foldName(fold)}: expected training users in every share, found none in this one; ask for fewer shares`,
    'not-enough-data',
  );
}

/**
 * Trains afresh on all parts for the epochs that the chosen run took, in each stage, its learning rate going as it went there. Features are as they were fitted on the training
 * part. Undefined when interrupted.
 */
async function refit(
  prepared: PreparedLists,
  options: TrainModelOptions & Required<Pick<FitOptions, 'stopAfter' | 'firstStageEpochs'>>,
): Promise<Model | undefined> {
  const { slates, train, validation, test } = prepared.encoded;
  const all = Int32Array.from([...train, ...validation, ...test]).sort();
  options.reporter.note(`${options.config.recipe}: again on all ${all.length} lists, ${options.stopAfter} epochs`);
  const checkpoints = checkpointFolder(join(trainingBeside(options.folder), 'refit'));
  const { model, result } = await fitRecipe(
    prepared,
    { slates, train: all, validation },
    { ...options, checkpoints, keep: 'last' },
  );
  return result.interrupted ? undefined : model;
}
