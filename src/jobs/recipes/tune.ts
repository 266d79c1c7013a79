import { join } from 'node:path';
import type { Metric } from '../../metrics/metric.ts';
import { createRng } from '../../random/rng.ts';
import { checkpointFolder } from '../../train/checkpoints/checkpoint-folder.ts';
import type { EpochRecord } from '../../train/epoch-record.ts';
import type { TrainingConfig } from '../../train/recipes/training-config.ts';
import { isBetter } from '../../train/scorer/validate.ts';
import { kindsOf } from '../kinds.ts';
import type { Prepared } from '../prepare.ts';
import { type Reporter, silentReporter, warning } from '../reporter.ts';
import { recordRun } from '../runs/record-run.ts';
import type { Tracker } from '../runs/tracker.ts';
import { fitRecipe } from './fit-recipe.ts';
import { learnedNothing } from './learned-nothing.ts';
import { runKey } from './run-key.ts';
import { drawConfig } from './search-space.ts';

export interface TuneOptions {
  readonly config: TrainingConfig;
  /** Configs tried, the recipe's own among them. */
  readonly trials: number;
  readonly seed: number;
  readonly workers: number;
  /** Where trials are kept, so that an interrupted search goes on where it was. */
  readonly folder: string;
  readonly reporter: Reporter;
  readonly signal?: AbortSignal;
  /** Where trials are told beside their folders. */
  readonly tracker?: Tracker | undefined;
}

export interface Trial {
  /** 0 is the recipe as it is. */
  readonly index: number;
  readonly config: TrainingConfig;
  /** The kept epoch's record, as far as the trial came. */
  readonly record: EpochRecord;
  /** Epochs trained before the trial was given up, or ended. */
  readonly epochs: number;
}

/** A third goes on from each rung, with three times the epochs. */
const ETA = 3;

/**
 * Random search with successive halving (Jamieson & Talwalkar 2016, algorithm 1, keeping a third): all trials start, and of each rung the better third by the
 * recipe's validation metric goes on. The recipe's own config always goes to the end, so what is found is no worse on validation. The test part is not read.
 * Best first; undefined when interrupted.
 */
export async function tuneRecipe(prepared: Prepared, options: TuneOptions): Promise<readonly Trial[] | undefined> {
  const { config: base, seed, reporter } = options;
  const kinds = kindsOf(prepared.settings.kinds);
  const metric = kinds.metrics.named(base.metric);
  const drawn = Array.from({ length: options.trials }, (_, index) =>
    index === 0 ? base : drawConfig(base, createRng(seed).split(`trial ${index}`)),
  );
  const rungs = rungsOf(base.epochs, options.trials);
  const epochsOf = (at: number): number => rungs[at].epochs - (rungs[at - 1]?.epochs ?? 0);
  // From the second rung on the recipe's own config may be one more.
  const total = rungs.reduce((sum, { trials }, at) => sum + epochsOf(at) * (at === 0 ? trials : trials + 1), 0);
  const trials = new Map<number, Trial>();
  let alive = drawn.map((_, index) => index);
  let done = 0;
  for (const [at, { epochs, trials: places }] of rungs.entries()) {
    alive = promoted(alive, trials, { places, metric });
    for (const index of alive) {
      const trial = await runTrial(prepared, { ...options, config: drawn[index], index, epochs });
      if (!trial) return undefined;
      trials.set(index, trial);
      done += epochsOf(at);
      const [best] = ranked([...trials.values()], metric);
      const detail = `best ${base.metric} ${best.record.metrics[base.metric].toFixed(4)} (trial ${best.index})`;
      reporter.progress({ task: `tune ${base.recipe}`, done, total, unit: 'epochs', detail });
    }
  }
  reporter.progress({ task: `tune ${base.recipe}`, done: total, total, unit: 'epochs' });
  reporter.done(`tune ${base.recipe}`);
  const found = ranked([...trials.values()], metric);
  const why = learnedNothing(prepared.encoded, { ...found[0], losses: kinds.losses });
  if (why !== undefined) reporter.note(warning(`the best trial of ${why}`));
  return found;
}

export interface Rung {
  /** Epochs up to which its trials are trained. */
  readonly epochs: number;
  readonly trials: number;
}

/** From many short trials to a few whole ones. */
export function rungsOf(epochs: number, trials: number): readonly Rung[] {
  const rungs: Rung[] = [{ epochs, trials: 1 }];
  while (rungs[0].epochs > ETA && rungs[0].trials < trials) {
    const [{ epochs: longer, trials: fewer }] = rungs;
    rungs.unshift({ epochs: Math.ceil(longer / ETA), trials: Math.min(trials, fewer * ETA) });
  }
  return rungs.map((rung, at) => (at === 0 ? { ...rung, trials } : rung));
}

/** The best so far, and the recipe's own config whatever it reached. */
function promoted(
  alive: readonly number[],
  trials: ReadonlyMap<number, Trial>,
  { places, metric }: { readonly places: number; readonly metric: Metric },
): number[] {
  const known = alive.flatMap((index) => trials.get(index) ?? []);
  if (known.length === 0) return [...alive];
  const best = ranked(known, metric).slice(0, places);
  return [...new Set([...best.map(({ index }) => index), 0])].sort((a, b) => a - b);
}

/** Best first; of equals the earlier. */
function ranked(trials: readonly Trial[], metric: Metric): readonly Trial[] {
  return [...trials].sort((a, b) =>
    isBetter(metric, a.record, b.record) ? -1 : isBetter(metric, b.record, a.record) ? 1 : a.index - b.index,
  );
}

async function runTrial(
  prepared: Prepared,
  { config, index, epochs, folder, seed, workers, signal, tracker }: TuneOptions & { index: number; epochs: number },
): Promise<Trial | undefined> {
  const { slates, train, validation } = prepared.encoded;
  const trialFolder = join(folder, 'trials', `${index}-${runKey(prepared, { config, seed })}`);
  const start = {
    folder: trialFolder,
    run: `trial-${index}`,
    recipe: config.recipe,
    seed,
    data: prepared.path,
    config,
    tracker,
  };
  const checkpoints = checkpointFolder(trialFolder);
  const stop = signal ? { signal } : {};
  return recordRun(start, async (log) => {
    const { result } = await fitRecipe(
      prepared,
      { slates, train, validation },
      { config, seed, workers, reporter: silentReporter, checkpoints, log, stopAfter: epochs, ...stop },
    );
    if (result.interrupted) return undefined;
    return { index, config, record: result.epochs[result.keptEpoch - 1], epochs: result.epochs.length };
  });
}
