import { basename } from 'node:path';
import type { Dataset } from '../../datasets/folder/dataset.ts';
import { createInMemorySlates } from '../../datasets/slate-source/in-memory-slates.ts';
import type { SplitOptions } from '../../datasets/walk/split.ts';
import { normaliseSlates } from '../../encoding/columns/fitted-features.ts';
import { POINTER_FOLDER, TRAINING_FOLDER, trainingBeside } from '../../files/folder-kinds.ts';
import { checkReplaceable, openGrowing, refuseNoPath, removeGrowing } from '../../files/output-folder.ts';
import { refuseInside } from '../../files/outputs.ts';
import { type PointerCard, savePointer } from '../../generate/pointer/pointer-folder.ts';
import { candidatesOf } from '../../generate/request/candidates.ts';
import { objectiveNamed } from '../../generate/request/objective.ts';
import { createPointerModel } from '../../models/pointer.ts';
import { copyShared } from '../../models/tables/weights.ts';
import { createRng } from '../../random/rng.ts';
import { loadModel, type StoredModel } from '../../scoring/model-folder.ts';
import { checkOptionsArgument } from '../../slate/check-argument.ts';
import { InputError } from '../../slate/input-error.ts';
import { ownCheckpoints } from '../../train/checkpoints/own-checkpoints.ts';
import { pointerCheckpointFolder } from '../../train/pointer/pointer-checkpoint.ts';
import type { PointerConfig } from '../../train/pointer/pointer-config.ts';
import type { PointerData } from '../../train/pointer/pointer-data.ts';
import type { PointerRecord } from '../../train/pointer/pointer-record.ts';
import { type PointerProgress, trainPointerModel } from '../../train/pointer/pointer-trainer.ts';
import { foldOf } from '../generators/learned-from.ts';
import { kindsOf } from '../kinds.ts';
import { readDataset } from '../read-dataset.ts';
import { digestOf } from '../recipes/run-key.ts';
import type { Reporter } from '../reporter.ts';
import { pointerValues } from '../runs/epoch-values.ts';
import { copyRunFiles, recordRun } from '../runs/record-run.ts';
import type { Tracker } from '../runs/tracker.ts';
import { type Settings, settingsFrom } from '../settings.ts';
import { foldName } from '../user-fold.ts';
import { versions } from '../version.ts';
import { type PointerRequestsOptions, walkRequests } from './pointer-requests.ts';
import { createRewards, type RewardedRequest } from './pointer-rewards.ts';

export interface TrainPointerRunOptions {
  readonly config: PointerConfig;
  /** The model folder whose scores are the reward. */
  readonly scorer: string;
  readonly folder: string;
  readonly seed: number;
  readonly workers: number;
  readonly settings: Settings;
  readonly cacheFolder: string;
  readonly reporter: Reporter;
  readonly signal?: AbortSignal;
  /** Where the training is told beside its folder. */
  readonly tracker?: Tracker | undefined;
}

/** A pointer's card with what this program knows of its training. */
export interface TrainedPointerCard extends PointerCard {
  readonly protocol: {
    readonly data: string;
    /** The share of the training users whose requests teach, the scorer's own; absent: all. */
    readonly fold?: string;
    /** The scorer's own split: requests of its training part teach, requests of its validation part choose the epoch. */
    readonly split: SplitOptions;
    readonly requests: number;
    readonly heldOut: number;
    readonly keptEpoch: number;
    readonly records: readonly PointerRecord[];
    /** Mean value of the held-out requests' beams of `config.beamWidth`. */
    readonly reference: number;
    readonly scorer: { readonly recipe: string; readonly seed: number };
    readonly versions: Readonly<Record<string, string>>;
  };
}

export interface TrainedPointer {
  readonly card: TrainedPointerCard;
  readonly dataset: Dataset;
}

/** Trains a pointer by a scorer and writes its folder. Undefined when interrupted: what is needed to go on is in `<folder>.training`. */
export async function trainPointer(path: string, options: TrainPointerRunOptions): Promise<TrainedPointer | undefined> {
  checkOptionsArgument(options, 'trainPointer', ['config', 'scorer', 'folder', 'settings', 'cacheFolder', 'reporter']);
  const { config, folder, seed, workers, reporter, signal } = options;
  await refuseInside(folder);
  await checkReplaceable(folder, POINTER_FOLDER);
  const settings = settingsFrom(options.settings, 'trainPointer: settings');
  const scorer = await loadModel(options.scorer, kindsOf(settings.kinds));
  if (scorer.model.scorer.seesGraph) {
    throw new InputError(
      `${options.scorer}: expected a scorer that can judge slates composed later, found "${scorer.card.recipe}", which reads the click graph of the moment; name a model of another recipe`,
      'other-model',
    );
  }
  const dataset = await readDataset(path, { ...options, settings });
  const split = (scorer.card.protocol as { readonly split?: SplitOptions }).split ?? settings.split;
  const fold = await foldOf(scorer, { folder: options.scorer, data: path, dataset });
  const { data, rewarded } = await gatherRequests(dataset, scorer, { ...options, split, fold });
  const users = fold ? ` of the users of fold ${foldName(fold)}` : '';
  reporter.note(
    `${data.train.length} requests${users} to learn from, ${data.heldOut.length} held out, ${config.candidates} candidates, slates of ${config.size}; scorer ${scorer.card.recipe}`,
  );
  const rewards = await createRewards(scorer, rewarded, { workers });
  const model = createPointerModel(createRng(seed).split('pointer'), { config: config.model, spec: scorer.model.spec });
  // The scorer's encoder and blocks know already what makes an item good: a pointer of the same sizes starts there.
  if (config.start === 'scorer') copyShared(scorer.model, model);
  refuseNoPath(folder);
  const training = trainingBeside(folder);
  await openGrowing(training, TRAINING_FOLDER);
  const task = `${config.recipe} seed ${seed}`;
  const requests = digestOf([dataset.summary.lists, split, settings.joinWindow, settings.labelTypes, scorer.card]);
  for (const part of [data.train, data.heldOut]) data.slates.digest(requests, part);
  const origin = requests.digest('hex').slice(0, 16);
  const say = (message: string): void => reporter.note(`${task}: ${message}`);
  const checkpoints = ownCheckpoints(pointerCheckpointFolder(training), { run: { config, seed, origin }, say });
  const start = {
    folder: training,
    run: basename(folder),
    recipe: config.recipe,
    seed,
    data: path,
    config,
    tracker: options.tracker,
  };
  const result = await recordRun(start, async (log) => {
    const ended = await trainPointerModel(
      model,
      { ...data, value: rewards.value },
      {
        config,
        seed,
        workers,
        origin,
        checkpoints,
        onProgress: (progress) => reportProgress(reporter, task, progress),
        onEpochs: ({ records, keptEpoch }) => log.epochs(records.map(pointerValues), keptEpoch),
        ...(signal ? { signal } : {}),
      },
    );
    return ended.interrupted ? undefined : ended;
  }).finally(() => rewards.close());
  reporter.done(task);
  if (!result) return undefined;
  const { records, keptEpoch, reference } = result;
  const card: TrainedPointerCard = {
    recipe: config.recipe,
    seed,
    objective: config.objective,
    size: config.size,
    candidates: config.candidates,
    config,
    version: versions().slatewise,
    protocol: {
      data: path,
      split,
      ...(fold ? { fold: foldName(fold) } : {}),
      requests: data.train.length,
      heldOut: data.heldOut.length,
      keptEpoch,
      records,
      reference,
      scorer: { recipe: scorer.card.recipe, seed: scorer.card.seed },
      versions: versions(),
    },
  };
  await savePointer(folder, { model, scorer, card, also: (building) => copyRunFiles(training, building) });
  await removeGrowing(training, TRAINING_FOLDER);
  return { card, dataset };
}

/**
 * Everything a training reads, taken from the log in one walk. Memory: per request its N candidates as columns, once for the pointer and once for the rewards, and their
 * N x N likeness: about 100 kB at N = 50.
 */
async function gatherRequests(
  dataset: Dataset,
  scorer: StoredModel,
  options: TrainPointerRunOptions & Pick<PointerRequestsOptions, 'split' | 'fold'>,
): Promise<{ readonly data: Omit<PointerData, 'value'>; readonly rewarded: readonly RewardedRequest[] }> {
  const { config, seed, reporter, signal, split, fold } = options;
  const { encoder } = scorer;
  const memory = scorer.memory.emptied();
  const builder = encoder.begin();
  const rewarded: RewardedRequest[] = [];
  const shownCounts: number[] = [];
  const parts: Record<'train' | 'heldOut', number[]> = { train: [], heldOut: [] };
  await walkRequests(dataset, {
    split,
    fold,
    memory,
    train: config.requests,
    heldOut: config.heldOut,
    candidates: config.candidates,
    rng: createRng(seed).split('requests'),
    capture: ({ part, impression, shown }) => {
      parts[part].push(builder.count());
      shownCounts.push(shown);
      builder.add(impression, memory.asOf(impression.ranking.time));
      rewarded.push({
        candidates: encoder.candidates(impression.ranking, memory),
        objective: objectiveNamed(config.objective, { candidates: candidatesOf(impression.ranking, memory) }),
      });
    },
    onProgress: (done, total) => {
      signal?.throwIfAborted();
      reporter.progress({ task: 'requests', done, total, unit: 'lists' });
    },
  });
  reporter.done('requests');
  const slates = createInMemorySlates(normaliseSlates(builder.finish(), scorer.features));
  const [train, heldOut] = [parts.train, parts.heldOut].map((rows) => Int32Array.from(rows));
  return { data: { slates, train, heldOut, shownB: Int32Array.from(shownCounts) }, rewarded };
}

function reportProgress(reporter: Reporter, run: string, { task, done, total, last }: PointerProgress): void {
  const detail = last
    ? `epoch ${last.epoch}: ${(100 * last.share).toFixed(1)} % of the beam's value on held-out requests, imitation loss ${last.imitationLoss.toFixed(3)}`
    : '';
  reporter.progress({ task: `${run}: ${task}`, done, total, unit: 'requests', ...(detail ? { detail } : {}) });
}
