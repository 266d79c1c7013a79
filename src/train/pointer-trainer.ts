import { compilePointerEncoder, compilePointerStep } from '../generate/pointer-graphs.ts';
import type { PointerModel } from '../models/pointer.ts';
import { scorerFeeds } from '../models/scorer-feeds.ts';
import { loadWeights, modelArrays, type Weights } from '../models/weights.ts';
import { createRng, type Rng } from '../random/rng.ts';
import type { FlatLayout } from '../runtime/job.ts';
import { createPool, type Pool } from '../runtime/pool.ts';
import type { ForwardGraph } from '../scoring/forward-graph.ts';
import type { Places } from '../slate/places.ts';
import { type Store, sameRun } from './checkpoint.ts';
import { createOptimizers } from './optimizers.ts';
import type { Demonstration, EpochTally, PointerCheckpoint } from './pointer-checkpoint.ts';
import type { PointerConfig, StageConfig } from './pointer-config.ts';
import type { PointerData } from './pointer-data.ts';
import { type Lesson, lessonFeeds } from './pointer-lessons.ts';
import type { PointerRecord } from './pointer-record.ts';
import { reinforce } from './pointer-reinforcement.ts';
import { rollOut } from './pointer-rollout.ts';
import { compilePointerTraining } from './pointer-training-graph.ts';
import { learningRateAt } from './schedule.ts';
import { collateStep, learnFrom } from './training-step.ts';

export interface TrainPointerOptions {
  readonly config: PointerConfig;
  readonly seed: number;
  readonly workers: number;
  /** Where to keep what is needed to go on after an interruption. */
  readonly checkpoints?: Store<PointerCheckpoint>;
  readonly onProgress?: (progress: PointerProgress) => void;
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
    const run = { model, data, options, rng, pool, layout: learning.layout, encoder, step, graphs };
    return await trainOn(run, await options.checkpoints?.load());
  } finally {
    await Promise.all(pools.map((each) => each.close()));
  }
}

interface Run {
  readonly model: PointerModel;
  readonly data: PointerData;
  readonly options: TrainPointerOptions;
  readonly rng: Rng;
  readonly pool: Pool;
  readonly layout: FlatLayout;
  readonly encoder: Pool;
  readonly step: Pool;
  readonly graphs: readonly ForwardGraph[];
}

async function trainOn(run: Run, resumed: PointerCheckpoint | undefined): Promise<PointerResult> {
  const { model, data, options, pool, layout } = run;
  const { config, checkpoints, signal, onProgress } = options;
  const { imitation, reinforcement } = config;
  const from = resumed && sameRun(resumed, options) ? resumed : undefined;
  const { demonstrations, reference } = from ?? (await demonstrate(run));
  if (signal?.aborted && !from) return { records: [], keptEpoch: 0, reference, interrupted: true };
  if (from) loadWeights(model, from.weights);
  fill(run, modelArrays(model));

  const optimizers = createOptimizers(model, layout, {
    config: { ...config.optimizer, learningRate: imitation.learningRate, warmUp: imitation.warmUp },
    from: from?.optimizers,
  });
  const context = { model, pool, optimizers, clip: config.optimizer.clip };
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
    learnFrom(context, { results, batches, learningRate: rateAt() });
    fill(run, undefined);
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
      candidates: Array.from(requests, (request) => candidatesOf(data, request)),
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

const candidatesOf = ({ slates }: PointerData, request: number): number =>
  slates.offsets[request + 1] - slates.offsets[request];

/** log pi of each request's last slate: [B, S, T] to B rows of T. */
function imitatedLogs({ data, dims: [B, S, T] }: { data: unknown; dims: readonly number[] }): readonly Float32Array[] {
  const logs = data as Float32Array;
  return Array.from({ length: B }, (_, b) => logs.subarray((b * S + S - 1) * T, (b * S + S) * T));
}

/** What every training request starts from, and what the held-out ones are measured against. Stops early, with what there is, when aborted. */
async function demonstrate({
  data,
  options,
}: Run): Promise<{ readonly demonstrations: readonly Demonstration[]; readonly reference: number }> {
  const total = data.train.length + data.heldOut.length;
  let done = 0;
  const ask = async (requests: Int32Array, find: (request: number) => Promise<Places>): Promise<Demonstration[]> => {
    const found: Demonstration[] = [];
    for (const request of requests) {
      if (options.signal?.aborted) break;
      const places = await find(request);
      const [values] = await data.value([{ request, slates: [places] }]);
      found.push({ places, value: values[0] });
      options.onProgress?.({ task: 'demonstrations', done: ++done, total });
    }
    return found;
  };
  const beams = await ask(data.heldOut, (request) => data.search(request));
  const reference = beams.reduce((sum, { value }) => sum + value, 0) / Math.max(1, beams.length);
  return { demonstrations: await ask(data.train, (request) => data.demonstrate(request)), reference };
}

/** Mean value of the slates that the pointer composes without chance. */
async function greedyValueOf(run: Run, requests: Int32Array): Promise<number> {
  const { data, options, rng } = run;
  const { size, microBatch } = options.config;
  const batches = collateStep(data.slates, requests, microBatch);
  const rollouts = await rollOut(run, { batches, size, rngs: Array.from(requests, () => rng), samples: 0 });
  const values = await data.value(rollouts.map((slates, at) => ({ request: requests[at], slates })));
  return values.reduce((sum, [value]) => sum + value, 0) / Math.max(1, requests.length);
}

/** Hands the trained values, or those of `weights`, to all three graphs. */
function fill({ pool, layout, encoder, step, graphs }: Run, weights: Weights | undefined): void {
  if (weights) for (const { name, offset } of layout.entries) pool.parameters.set(weights[name], offset);
  const offsets = new Map(layout.entries.map(({ name, offset }) => [name, offset]));
  for (const [at, reader] of [encoder, step].entries()) {
    for (const { name, offset, length } of graphs[at + 1].layout.entries) {
      const source = offsets.get(name) ?? 0;
      reader.parameters.set(pool.parameters.subarray(source, source + length), offset);
    }
  }
}

/** A copy of all weights, with the trained values. */
function weightsOf({ model, layout, pool }: Run): Weights {
  const weights = Object.fromEntries(Object.entries(modelArrays(model)).map(([name, array]) => [name, array.slice()]));
  for (const { name, offset, length } of layout.entries)
    weights[name].set(pool.parameters.subarray(offset, offset + length));
  return weights;
}
