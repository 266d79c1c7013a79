import { compilePointerEncoder, compilePointerStep } from '../../generate/pointer/pointer-graphs.ts';
import type { PointerModel } from '../../models/pointer.ts';
import { scorerFeeds } from '../../models/tables/scorer-feeds.ts';
import { loadWeights, modelArrays, type Weights } from '../../models/tables/weights.ts';
import { createRng } from '../../random/rng.ts';
import { createPool } from '../../runtime/pool.ts';
import { type Store, sameRun } from '../checkpoints/checkpoint.ts';
import { createOptimizers } from '../optimizers/optimizers.ts';
import { learningRateAt } from '../optimizers/schedule.ts';
import { collateStep, createGradientRoom, learnFrom } from '../scorer/training-step.ts';
import type { EpochTally, PointerCheckpoint } from './pointer-checkpoint.ts';
import type { PointerConfig, StageConfig } from './pointer-config.ts';
import { candidateCount, type PointerData } from './pointer-data.ts';
import { demonstrate } from './pointer-demonstrations.ts';
import { type Lesson, lessonFeeds } from './pointer-lessons.ts';
import type { PointerRecord } from './pointer-record.ts';
import { reinforce } from './pointer-reinforcement.ts';
import { rollOut } from './pointer-rollout.ts';
import { fillParameters, greedyValueOf, type PointerRun, weightsOf } from './pointer-run.ts';
import { compilePointerTraining } from './pointer-training-graph.ts';

export interface TrainPointerOptions {
  readonly config: PointerConfig;
  readonly seed: number;
  readonly workers: number;
  /** Names the requests and the judge: a checkpoint of others is not resumed. */
  readonly origin: string;
  /** Where to keep what is needed to go on after an interruption. */
  readonly checkpoints?: Store<PointerCheckpoint>;
  readonly onProgress?: (progress: PointerProgress) => void;
  /** Told of all epochs so far: before the first step those of before an interruption, then again after each. */
  readonly onEpochs?: (told: Pick<PointerResult, 'records' | 'keptEpoch'>) => Promise<void>;
  /** Stops after the step under way; with `checkpoints` the run can be resumed. */
  readonly signal?: AbortSignal;
}

export interface PointerProgress {
  readonly task: 'demonstrations' | 'imitation' | 'reinforcement';
  /** Requests, over the whole task. */
  readonly done: number;
  readonly total: number;
  readonly last?: PointerRecord;
}

export interface PointerResult {
  readonly records: readonly PointerRecord[];
  readonly keptEpoch: number;
  /** Mean value of the held-out requests' beams: what `share` is a share of. */
  readonly reference: number;
  readonly interrupted: boolean;
}

/** Trains a pointer in place, by imitation and then by reinforcement; it ends with the weights of the epoch whose greedy slates are worth most on held-out requests. */
export async function trainPointerModel(
  model: PointerModel,
  data: PointerData,
  options: TrainPointerOptions,
): Promise<PointerResult> {
  const { config, workers } = options;
  const learning = compilePointerTraining(model, { size: config.size, entropy: config.reinforcement.entropy });
  const graphs = [learning, compilePointerEncoder(model), compilePointerStep(model)];
  const pools = await Promise.all(graphs.map(({ graph, layout }) => createPool(graph, { workers, layout })));
  const [pool, encoder, step] = pools;
  try {
    const rng = createRng(options.seed).split('pointer training');
    const run: PointerRun = { model, data, config, rng, pool, layout: learning.layout, encoder, step, graphs };
    return await trainOn(run, options, await options.checkpoints?.load());
  } finally {
    await Promise.all(pools.map((each) => each.close()));
  }
}

async function trainOn(
  run: PointerRun,
  options: TrainPointerOptions,
  resumed: PointerCheckpoint | undefined,
): Promise<PointerResult> {
  const { model, data, config, pool, layout } = run;
  const { checkpoints, signal, onProgress } = options;
  const { imitation, reinforcement } = config;
  const from = resumed && sameRun(resumed, options) ? resumed : undefined;
  const given = from ?? (await demonstrate(data, { config, signal, onProgress: reportDemonstrations }));
  if (!given) return { records: [], keptEpoch: 0, reference: Number.NaN, interrupted: true };
  const { demonstrations, reference } = given;
  if (from) loadWeights(model, from.weights);
  fillParameters(run, modelArrays(model));

  const optimizers = createOptimizers(model, layout, {
    config: { ...config.optimizer, learningRate: imitation.learningRate, warmUp: imitation.warmUp },
    from: from?.optimizers,
  });
  const gradients = createGradientRoom(layout.length);
  const context = { recipe: config.recipe, model, pool, optimizers, clip: config.optimizer.clip, gradients };
  const known = [...demonstrations];
  const records: PointerRecord[] = [...(from?.records ?? [])];
  let best: Weights | undefined = from?.best;
  let keptEpoch = from?.keptEpoch ?? 0;
  let tally: EpochTally = from ? { ...from.tally } : emptyTally();

  const stepsPerEpoch = Math.ceil(data.train.length / config.batch);
  const epochs = imitation.epochs + reinforcement.epochs;
  let step = from?.step ?? 0;
  const imitates = (): boolean => step < imitation.epochs * stepsPerEpoch;
  const hasLostPatience = (): boolean =>
    records.length - Math.max(keptEpoch, imitation.epochs) >= config.patience && records.length > imitation.epochs;

  await options.onEpochs?.({ records, keptEpoch });
  while (step < epochs * stepsPerEpoch && !hasLostPatience()) {
    const epoch = Math.floor(step / stepsPerEpoch);
    const order = run.rng.split(`epoch ${epoch}`).shuffle(Int32Array.from(data.train.keys()));
    const start = (step % stepsPerEpoch) * config.batch;
    const places = order.subarray(start, start + config.batch);
    const stage = imitates() ? 'imitation' : 'reinforcement';
    await learn(places, stage);
    step++;
    report(stage);
    if (step % stepsPerEpoch === 0) {
      const record = await judge(epoch + 1, stage);
      records.push(record);
      if (keptEpoch === 0 || record.greedyValue > records[keptEpoch - 1].greedyValue) {
        keptEpoch = record.epoch;
        best = weightsOf(run);
      }
      tally = emptyTally();
      report(stage, record);
      await options.onEpochs?.({ records, keptEpoch });
      if (!signal?.aborted) await checkpoints?.save(checkpoint());
    }
    if (signal?.aborted) {
      await checkpoints?.save(checkpoint());
      return { records, keptEpoch, reference, interrupted: true };
    }
  }
  if (best) loadWeights(model, best);
  return { records, keptEpoch, reference, interrupted: false };

  /** One step on these training requests, named by their place in `data.train`. */
  async function learn(places: Int32Array, stage: PointerRecord['stage']): Promise<void> {
    const requests = places.map((place) => data.train[place]);
    const batches = collateStep(data.slates, requests, config.microBatch);
    const lessons = stage === 'imitation' ? Array.from(places, imitate) : await rehearse(places, requests);
    let first = 0;
    const jobs = batches.map((batch) => {
      const taught = lessons.slice(first, first + batch.B);
      first += batch.B;
      return { feeds: { ...scorerFeeds(batch, model.tables), ...lessonFeeds(batch, taught, config) } };
    });
    const results = await pool.run(jobs);
    const logs = results.flatMap(({ values }) => imitatedLogs(values.chosenLogBST));
    for (const [at, logsT] of logs.entries()) count(lessons[at], logsT);
    // The loss is a mean over requests.
    const shares = batches.map(({ B }) => B / requests.length);
    learnFrom(context, { results, batches, shares, learningRate: rateAt(), step });
    fillParameters(run, undefined);
  }

  function rateAt(): number {
    const stage: StageConfig = imitates() ? imitation : reinforcement;
    const begun = imitates() ? 0 : imitation.epochs * stepsPerEpoch;
    const steps = stage.epochs * stepsPerEpoch;
    return learningRateAt(step - begun, { peak: stage.learningRate, warmUp: stage.warmUp, steps });
  }

  function imitate(place: number): Lesson {
    const slate = known[place].places;
    return { slates: [slate], weights: [new Float64Array(slate.length).fill(1)] };
  }

  async function rehearse(places: Int32Array, requests: Int32Array): Promise<readonly Lesson[]> {
    const batches = collateStep(data.slates, requests, config.microBatch);
    const rngs = Array.from(requests, (request) => run.rng.split(`step ${step}`).split(request));
    const rollouts = await rollOut(run, { batches, size: config.size, rngs, samples: reinforcement.samples });
    const shown = Array.from(places, (place) => known[place]);
    const { lessons, values } = await reinforce({
      requests,
      rollouts,
      candidates: Array.from(requests, (request) => candidateCount(data, request)),
      demonstrations: shown,
      value: data.value,
      rngs,
      config: reinforcement,
    });
    for (const [at, place] of places.entries()) known[place] = shown[at];
    for (const sampled of values) for (const value of sampled) tally.sampledValue += value;
    tally.sampled += values.reduce((sum, { length }) => sum + length, 0);
    return lessons;
  }

  /** The last slate of a lesson is the imitated one. */
  function count({ slates }: Lesson, logsT: Float32Array): void {
    for (const [t, candidate] of (slates.at(-1) ?? []).entries()) {
      if (candidate < 0) continue;
      tally.imitationLoss -= logsT[t];
      tally.imitated++;
    }
  }

  async function judge(epoch: number, stage: PointerRecord['stage']): Promise<PointerRecord> {
    const greedyValue = await greedyValueOf(run, data.heldOut);
    return {
      epoch,
      stage,
      imitationLoss: tally.imitationLoss / Math.max(1, tally.imitated),
      ...(tally.sampled > 0 ? { sampledValue: tally.sampledValue / tally.sampled } : {}),
      greedyValue,
      share: greedyValue / reference,
    };
  }

  function reportDemonstrations(done: number, total: number): void {
    onProgress?.({ task: 'demonstrations', done, total });
  }

  function report(task: PointerRecord['stage'], last?: PointerRecord): void {
    const before = task === 'imitation' ? 0 : imitation.epochs * stepsPerEpoch;
    const { length } = data.train;
    const done = Math.round(((step - before) * length) / stepsPerEpoch);
    onProgress?.({ task, done, total: config[task].epochs * length, ...(last ? { last } : {}) });
  }

  function checkpoint(): PointerCheckpoint {
    return {
      config,
      seed: options.seed,
      origin: options.origin,
      step,
      records,
      keptEpoch,
      tally,
      demonstrations: known,
      reference,
      best,
      weights: weightsOf(run),
      optimizers: optimizers.states(),
    };
  }
}

const emptyTally = (): EpochTally => ({ imitationLoss: 0, imitated: 0, sampledValue: 0, sampled: 0 });

/** log pi of each request's last slate: [B, S, T] to B rows of T. */
function imitatedLogs({ data, dims: [B, S, T] }: { data: unknown; dims: readonly number[] }): readonly Float32Array[] {
  const logs = data as Float32Array;
  return Array.from({ length: B }, (_, b) => logs.subarray((b * S + S - 1) * T, (b * S + S) * T));
}
