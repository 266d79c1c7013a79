import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { checkpointFolder } from '../../train/checkpoints/checkpoint.ts';
import type { TrainingConfig } from '../../train/recipes/training-config.ts';
import { kindsOf } from '../kinds.ts';
import type { Prepared } from '../prepare.ts';
import type { Reporter } from '../reporter.ts';
import { recordRun } from '../runs/record-run.ts';
import type { Tracker } from '../runs/tracker.ts';
import { learnedNothing } from './learned-nothing.ts';
import { runKey } from './run-key.ts';
import { type FinishedRun, loadRun, saveRun } from './run-store.ts';
import { trainRecipe } from './train-recipe.ts';

/** Which trainings, and where they are kept. */
export interface RunsOptions {
  readonly configs: readonly TrainingConfig[];
  readonly seeds: readonly number[];
  readonly workers: number;
  /** Where runs are kept, so that what was interrupted goes on where it was. */
  readonly folder: string;
  readonly reporter: Reporter;
  readonly signal?: AbortSignal;
  /** Where runs are told beside their folders. */
  readonly tracker?: Tracker | undefined;
}

/** Every recipe with every seed on the same data: those that the folder has, and the others trained. Undefined when interrupted. */
export async function finishedRuns(
  prepared: Prepared,
  { configs, seeds, ...options }: RunsOptions,
): Promise<readonly FinishedRun[] | undefined> {
  const { reporter } = options;
  const { losses } = kindsOf(prepared.settings.kinds);
  const runs: FinishedRun[] = [];
  for (const config of configs) {
    for (const seed of seeds) {
      reporter.note(`run ${runs.length + 1} of ${configs.length * seeds.length}: ${config.recipe}, seed ${seed}`);
      const run = await finishedRun(prepared, { config, seed, ...options });
      if (!run) return undefined;
      const why = learnedNothing(prepared.encoded, { config, losses, record: run.epochs[run.keptEpoch - 1] });
      if (why !== undefined) reporter.note(`warning: seed ${seed} of ${why}`);
      runs.push(run);
    }
  }
  return runs;
}

async function finishedRun(
  prepared: Prepared,
  {
    config,
    seed,
    folder,
    workers,
    reporter,
    signal,
    tracker,
  }: Omit<RunsOptions, 'configs' | 'seeds'> & { config: TrainingConfig; seed: number },
): Promise<FinishedRun | undefined> {
  const run = `${config.recipe}-seed-${seed}`;
  const runFolder = join(folder, 'runs', run);
  const key = runKey(prepared, { config, seed });
  const stored = await loadRun(runFolder, { key, say: (message) => reporter.note(message) });
  if (stored) {
    reporter.note(`${config.recipe} seed ${seed}: already trained, found in ${runFolder}`);
    return stored;
  }
  const start = { folder: runFolder, run, recipe: config.recipe, seed, data: prepared.path, config, tracker };
  return recordRun(start, async (log) => {
    const started = performance.now();
    const checkpoints = checkpointFolder(join(runFolder, `checkpoint-${key}`));
    const stop = signal ? { signal } : {};
    const trained = await trainRecipe(prepared, { config, seed, workers, reporter, checkpoints, log, ...stop });
    if (!trained) return undefined;
    const { result, threshold, testLogitS, testListLogitB } = trained;
    const seconds = (performance.now() - started) / 1000;
    const { epochs, keptEpoch } = result;
    const finished = { key, config, seed, epochs, keptEpoch, threshold, seconds, testLogitS, testListLogitB };
    await saveRun(runFolder, finished);
    await rm(join(runFolder, `checkpoint-${key}`), { recursive: true, force: true });
    return finished;
  });
}
