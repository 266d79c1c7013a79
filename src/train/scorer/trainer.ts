import type { SlateSource } from '../../datasets/slate-source/slate-source.ts';
import type { SlateBatch } from '../../encoding/columns/encoded-slates.ts';
import type { Loss } from '../../losses/loss.ts';
import { losses as builtInLosses } from '../../losses/losses.ts';
import type { Metric } from '../../metrics/metric.ts';
import { metrics as builtInMetrics } from '../../metrics/metrics.ts';
import type { Model } from '../../models/model.ts';
import { loadWeights, modelArrays, type Weights } from '../../models/tables/weights.ts';
import { createRng, type Rng } from '../../random/rng.ts';
import type { FlatLayout } from '../../runtime/job.ts';
import { createPool, type Pool } from '../../runtime/pool.ts';
import { InputError } from '../../slate/input-error.ts';
import type { Registry } from '../../slate/registry.ts';
import { type Checkpoint, type CheckpointStore, sameRun } from '../checkpoints/checkpoint.ts';
import type { EpochRecord } from '../epoch-record.ts';
import { createAverage } from '../optimizers/average.ts';
import { createOptimizers } from '../optimizers/optimizers.ts';
import { learningRateAt } from '../optimizers/schedule.ts';
import type { TrainingConfig } from '../recipes/training-config.ts';
import { listsOfBatch, termCounts, termShares } from './term-shares.ts';
import type { TrainedPart } from './trained-part.ts';
import { compileTraining, compileValidation } from './training-graph.ts';
import { trainingOrder } from './training-order.ts';
import { collateStep, createGradientRoom, type StepContext, trainingStep } from './training-step.ts';
import { isBetter, validate } from './validate.ts';

export interface TrainingData {
  readonly slates: SlateSource;
  readonly train: Int32Array;
  readonly validation: Int32Array;
  /** The same lists as training reads them, where that differs from how they are judged. */
  readonly learned?: SlateSource;
  /** Partial copies that are trained on like the lists of `train`; they are never judged by. */
  readonly partial?: Int32Array;
}

export interface TrainScorerOptions {
  readonly config: TrainingConfig;
  /** Those that the config names are among them; the program's own unless told otherwise. */
  readonly losses?: Registry<Loss>;
  readonly seed: number;
  readonly workers: number;
  /** Keeps the calling thread free, for other trainings beside this one. */
  readonly aside?: boolean | undefined;
  /** What the config's `metric` may name; the metrics of the program where left out. */
  readonly metrics?: Registry<Metric>;
  /** Names the data: a checkpoint of another is not resumed. */
  readonly origin?: string;
  /** What of the model is trained; all unless told otherwise. */
  readonly part?: TrainedPart;
  /** Where to keep what is needed to go on after an interruption. */
  readonly checkpoints?: CheckpointStore;
  readonly onProgress?: (progress: TrainingProgress) => void;
  /** Told of all epochs so far: before the first step those of before an interruption, then again after each. */
  readonly onEpochs?: (told: ToldEpochs) => Promise<void>;
  /** Stops after the step under way, or while an epoch is judged; with `checkpoints` the run can be resumed. */
  readonly signal?: AbortSignal;
  /** Ends after so many epochs; with `checkpoints` the run can be taken up again, as after an interruption. */
  readonly stopAfter?: number;
  /** Which epoch's weights the model ends with; the best unless told otherwise. */
  readonly keep?: 'best' | 'last';
  /** The epoch that the stage before kept: remembered in checkpoints and handed on in the result. */
  readonly firstStageEpoch?: number;
}

export interface TrainingProgress {
  readonly step: number;
  readonly steps: number;
  readonly epoch: number;
  readonly epochs: number;
  readonly lists: number;
  readonly last?: EpochRecord;
}

/** What a training has come to. */
export type ToldEpochs = Pick<TrainingResult, 'epochs' | 'keptEpoch'>;

export interface TrainingResult {
  readonly epochs: readonly EpochRecord[];
  readonly keptEpoch: number;
  /** Of recipes with a stage before. */
  readonly firstStageEpoch?: number | undefined;
  readonly interrupted: boolean;
}

/** Trains a model in place; it ends with the weights of the best epoch by the validation metric. */
export async function trainScorer(
  model: Model,
  data: TrainingData,
  options: TrainScorerOptions,
): Promise<TrainingResult> {
  const { config, seed, workers, aside, checkpoints, origin = '', losses = builtInLosses } = options;
  const resumed = await checkpoints?.load();
  const from = resumed && sameRun(resumed, { config, seed, origin }) ? resumed : undefined;
  // Before the graph is made: what is not trained is written into it.
  if (from) loadWeights(model, from.weights);
  const rng = createRng(seed).split('training');
  const { graph, layout } = compileTraining(model, {
    config,
    losses,
    part: options.part ?? 'all',
    rng: rng.split('dropout'),
  });
  const validation = compileValidation(model, { config, losses });
  const pool = await createPool(graph, { workers, aside, layout });
  const validationPool = await createPool(validation.graph, { workers, aside, layout: validation.layout });
  try {
    const run = { model, data, options, rng, pool, layout, validationPool, validationLayout: validation.layout };
    return await trainOn(run, from);
  } finally {
    await Promise.all([pool.close(), validationPool.close()]);
  }
}

interface Run {
  readonly model: Model;
  readonly data: TrainingData;
  readonly options: TrainScorerOptions;
  readonly rng: Rng;
  readonly pool: Pool;
  readonly layout: FlatLayout;
  readonly validationPool: Pool;
  readonly validationLayout: FlatLayout;
}

async function trainOn(run: Run, from: Checkpoint | undefined): Promise<TrainingResult> {
  const { model, data, options, pool, layout } = run;
  const { config, checkpoints, signal, onProgress } = options;
  const { seed, origin = '', metrics = builtInMetrics, losses = builtInLosses } = options;
  const metric = metrics.named(config.metric);
  copyParameters(modelArrays(model), { layout, into: pool.parameters });

  const { optimizer } = config;
  const optimizers = createOptimizers(model, layout, { config: optimizer, from: from?.optimizers });
  const gradients = createGradientRoom(layout.length);
  const context: StepContext = { recipe: config.recipe, model, pool, optimizers, clip: optimizer.clip, gradients };
  const counts = termCounts(config.losses, losses);
  const average = createAverage(config.averaging, layout.length, from?.average);
  const epochs: EpochRecord[] = [...(from?.epochs ?? [])];
  let best: Weights | undefined = from?.best;
  let keptEpoch = from?.keptEpoch ?? 0;
  const firstStageEpoch = options.firstStageEpoch ?? from?.firstStageEpoch;

  const learned = data.partial ? joined(data.train, data.partial) : data.train;
  const stepsPerEpoch = Math.ceil(learned.length / config.batch);
  const steps = stepsPerEpoch * config.epochs;
  const microBatches = Math.ceil(config.batch / config.microBatch);
  let step = from?.step ?? 0;
  const report = (last?: EpochRecord): void =>
    onProgress?.({
      step,
      steps,
      epoch: Math.floor(step / stepsPerEpoch),
      epochs: config.epochs,
      lists: step * config.batch,
      ...(last ? { last } : {}),
    });

  const lastEpoch = Math.min(config.epochs, options.stopAfter ?? config.epochs);
  const isOver = (): boolean => epochs.length >= lastEpoch || hasLostPatience();
  const hasLostPatience = (): boolean => options.keep !== 'last' && epochs.length - keptEpoch >= config.patience;

  await options.onEpochs?.({ epochs, keptEpoch });
  while (!isOver()) {
    // Stopped while it was judged, an epoch has no step left.
    if (step < (epochs.length + 1) * stepsPerEpoch) await trainEpoch();
    // Stopped within an epoch: it is not judged until its last step is done.
    if (step % stepsPerEpoch !== 0) break;

    const weights = weightsWith(run, average.values());
    copyParameters(weights, { layout: run.validationLayout, into: run.validationPool.parameters });
    const record = await validate(run.validationPool, {
      model,
      data,
      config,
      counts,
      metric,
      seed: options.seed,
      epoch: epochs.length + 1,
      signal,
    }).catch((error) => {
      if (!signal?.aborted) throw error;
      return undefined;
    });
    if (!record) break;
    epochs.push(record);
    if (options.keep === 'last' || isBetter(metric, record, epochs[keptEpoch - 1])) {
      keptEpoch = record.epoch;
      best = weights;
    }
    report(record);
    await options.onEpochs?.({ epochs, keptEpoch });
    if (signal?.aborted) break;
    await checkpoints?.save(checkpoint());
  }
  if (signal?.aborted) {
    await checkpoints?.save(checkpoint());
    return { epochs, keptEpoch, firstStageEpoch, interrupted: true };
  }
  if (best) loadWeights(model, best);
  if (options.keep !== 'last') refuseUndefined(metric, epochs);
  return { epochs, keptEpoch, firstStageEpoch, interrupted: false };

  /** The steps that are left of an epoch. */
  async function trainEpoch(): Promise<void> {
    const epoch = run.rng.split(`epoch ${Math.floor(step / stepsPerEpoch)}`);
    const slates = data.learned ?? data.slates;
    const from = config.model.graph.redrawFrom;
    const seen =
      from > 0 ? (slates.redrawn?.({ from, key: epoch.split('neighbours').nextUint32() }) ?? slates) : slates;
    const { batch, window } = config;
    const order = trainingOrder(learned, { batch, window, lengthsOf: slates.lengths, rng: epoch });
    const batchesAt = (at: number): readonly SlateBatch[] => {
      const start = (at % stepsPerEpoch) * config.batch;
      // The lists of the window to come, once in each window.
      if (window && start % window < batch) seen.ahead?.(order.subarray(start + window, start + 2 * window));
      return collateStep(seen, order.subarray(start, start + config.batch), config.microBatch);
    };
    let next = batchesAt(step);
    do {
      const batches = next;
      const isLast = (step + 1) % stepsPerEpoch === 0;
      await trainingStep(context, {
        batches,
        learningRate: learningRateAt(step, { peak: optimizer.learningRate, warmUp: optimizer.warmUp, steps }),
        step,
        keys: { first: step * microBatches, count: microBatches, extra: -step * config.batch },
        feeds: termShares(batches.map(listsOfBatch), counts),
        meanwhile: () => {
          if (!isLast) next = batchesAt(step + 1);
        },
      });
      average.update(pool.parameters);
      step++;
      report();
    } while (step % stepsPerEpoch !== 0 && !signal?.aborted);
  }

  function checkpoint(): Checkpoint {
    const weights = weightsWith(run, pool.parameters);
    return {
      config,
      seed,
      origin,
      step,
      epochs,
      keptEpoch,
      firstStageEpoch,
      best,
      weights,
      average: average.state,
      optimizers: optimizers.states(),
    };
  }
}

/** Throws `InputError` where the metric that chooses the epoch had no value in any: the first would be kept, whatever was learned. */
function refuseUndefined({ name }: Metric, epochs: readonly EpochRecord[]): void {
  if (epochs.length === 0 || epochs.some(({ metrics }) => !Number.isNaN(metrics[name]))) return;
  throw new InputError(
    `metric "${name}": expected a value on the validation lists, by which the epoch is chosen, found none in ${epochs.length} epochs; name another in the recipe's metric, or mend this one`,
    'not-enough-data',
  );
}

function joined(first: Int32Array, second: Int32Array): Int32Array {
  const both = new Int32Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}

/** A copy of all weights, with these values for the trained parameters. */
function weightsWith({ model, layout }: Run, parameters: Float32Array): Weights {
  const weights = Object.fromEntries(Object.entries(modelArrays(model)).map(([name, array]) => [name, array.slice()]));
  for (const { name, offset, length } of layout.entries)
    weights[name].set(parameters.subarray(offset, offset + length));
  return weights;
}

function copyParameters(weights: Weights, { layout, into }: { layout: FlatLayout; into: Float32Array }): void {
  for (const { name, offset } of layout.entries) into.set(weights[name], offset);
}
