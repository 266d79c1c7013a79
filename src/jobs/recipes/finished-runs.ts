import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { checkpointFolder } from '../../train/checkpoints/checkpoint-folder.ts';
import type { TrainingConfig } from '../../train/recipes/training-config.ts';
import { kindsOf } from '../kinds.ts';
import type { Prepared } from '../prepare.ts';
import { type Reporter, warning } from '../reporter.ts';
import type { FoundRun } from '../runs/find-runs.ts';
import { recordRun } from '../runs/record-run.ts';
import type { Tracker } from '../runs/tracker.ts';
import { inLanes } from './in-lanes.ts';
import { learnedNothing } from './learned-nothing.ts';
import { runKeys } from './run-key.ts';
import { type FinishedRun, loadRun, saveRun } from './run-store.ts';
import { type TrainedRecipe, trainRecipe } from './train-recipe.ts';

/** Which trainings, and where they are kept. */
export interface RunsOptions {
  readonly configs: readonly TrainingConfig[];
  readonly seeds: readonly number[];
  readonly workers: number;
  /** Where runs are kept, so that what was interrupted goes on where it was. */
  readonly folder: string;
  readonly reporter: Reporter;
  readonly signal?: AbortSignal;
  /** Finished runs of other folders: those of these very lists, settings, config and seed are not trained again. */
  readonly known?: readonly FoundRun[];
  /** Where runs are told beside their folders. */
  readonly tracker?: Tracker | undefined;
  /** Told of the weights before the run counts as finished: they are not kept. */
  readonly onTrained?: ((trained: TrainedRecipe, run: TrainedRun) => Promise<void>) | undefined;
}

/** Which training it was, and the folder of its run. */
export interface TrainedRun {
  readonly config: TrainingConfig;
  readonly seed: number;
  readonly folder: string;
}

/** One training: a recipe's config with a seed. */
export interface WantedRun {
  readonly config: TrainingConfig;
  readonly seed: number;
  readonly key: string;
}

/** Every recipe with every seed on the same data: those that the folder or `known` has, and the others trained. Undefined when interrupted. */
export async function finishedRuns(
  prepared: Prepared,
  { configs, seeds, ...options }: RunsOptions,
): Promise<readonly FinishedRun[] | undefined> {
  const { reporter } = options;
  const { losses } = kindsOf(prepared.settings.kinds);
  const finished = await finishedGroups([{ prepared, configs, seeds }], options);
  if (!finished) return undefined;
  for (const { config, seed, epochs, keptEpoch } of finished) {
    const why = learnedNothing(prepared.encoded, { config, losses, record: epochs[keptEpoch - 1] });
    if (why !== undefined) reporter.note(warning(`seed ${seed} of ${why}`));
  }
  return finished;
}

/** Some recipes with some seeds on some lists. */
export interface RunGroup extends Pick<RunsOptions, 'configs' | 'seeds'> {
  readonly prepared: Prepared;
}

/**
 * The same of several groups, as one piece of work. A recipe's name with a seed tells a run: no two groups have both. Where there are several workers, as many trainings go on side by side:
 * each is bitwise the same with any number of workers, and small batches are not worth cutting.
 */
export async function finishedGroups(
  groups: readonly RunGroup[],
  options: Omit<RunsOptions, 'configs' | 'seeds'>,
): Promise<readonly FinishedRun[] | undefined> {
  const wanted = groups.flatMap(({ prepared, configs, seeds }) => {
    const keyOf = runKeys(prepared);
    return configs.flatMap((config) =>
      seeds.map((seed) => ({
        prepared,
        config,
        seed,
        key: keyOf({ config, seed }),
        effort: effortOf(prepared, config),
      })),
    );
  });
  const runs: (FinishedRun | undefined)[] = [];
  for (const each of wanted) runs.push(await storedRun(each, options));
  const missing = wanted.flatMap((each, at) => (runs[at] ? [] : [{ ...each, at }]));
  const lanes = Math.max(1, Math.min(options.workers, missing.length));
  const own = { ...options, workers: Math.max(1, Math.floor(options.workers / lanes)), aside: lanes > 1 };
  const done = await inLanes(missing, lanes, async ({ prepared, at, ...each }, begun) => {
    const { recipe } = each.config;
    const seconds = secondsLeft(
      missing.slice(begun).map(({ config, effort }) => ({ recipe: config.recipe, effort })),
      runs.flatMap((run, n) =>
        run ? [{ recipe: run.config.recipe, effort: wanted[n].effort, seconds: run.seconds }] : [],
      ),
    );
    const left = seconds === undefined ? '' : `; about ${Math.ceil(seconds / lanes / 60)} min left for all`;
    options.reporter.note(`run ${begun + 1} of ${missing.length}: ${recipe}, seed ${each.seed}${left}`);
    runs[at] = await trainedRun(prepared, each, own);
    return runs[at] !== undefined;
  });
  return done ? runs.flatMap((run) => run ?? []) : undefined;
}

/** What a training costs, in lists: as many as are read if patience never ends it. */
const effortOf = ({ encoded: { train, validation } }: Prepared, { epochs }: TrainingConfig): number =>
  epochs * (train.length + validation.length / 2);

/** A training, and what it costs beside others of its recipe. */
interface TimedRun {
  readonly recipe: string;
  readonly effort: number;
  readonly seconds: number;
}

/** How long these trainings take, each for its effort as long as the runs of its recipe did on average, or where it has none as all did; undefined where there is no run. */
export function secondsLeft(left: readonly Omit<TimedRun, 'seconds'>[], runs: readonly TimedRun[]): number | undefined {
  if (runs.length === 0) return undefined;
  return left.reduce((sum, { recipe, effort }) => {
    const own = runs.filter((run) => run.recipe === recipe);
    const like = own.length > 0 ? own : runs;
    return sum + (effort * like.reduce((total, { seconds, effort }) => total + seconds / effort, 0)) / like.length;
  }, 0);
}

export interface KeptOptions extends Omit<RunsOptions, 'configs' | 'seeds'> {
  /** Other trainings go on beside this one. */
  readonly aside?: boolean;
}

export const folderOf = ({ config, seed }: WantedRun, { folder }: KeptOptions): string =>
  join(folder, 'runs', `${config.recipe}-seed-${seed}`);

/** A run of these very lists, settings, config, seed and program, wherever it is kept. */
async function storedRun(wanted: WantedRun, options: KeptOptions): Promise<FinishedRun | undefined> {
  const { config, seed, key } = wanted;
  const { reporter, known = [] } = options;
  const own = folderOf(wanted, options);
  const elsewhere = known.filter(
    (run) => run.recipe === config.recipe && run.seed === seed && run.state === 'finished' && run.folder !== own,
  );
  for (const folder of [own, ...elsewhere.map((run) => run.folder)]) {
    // Of what is kept elsewhere, other data are no surprise.
    const say = (message: string): void => (folder === own ? reporter.note(message) : undefined);
    const run = await loadRun(folder, { key, say });
    if (!run) continue;
    reporter.note(`${config.recipe} seed ${seed}: already trained, found in ${folder}`);
    return run;
  }
  return undefined;
}

/** Trains it, and keeps what it says of the test lists. Undefined when interrupted. */
export function trainedRun(
  prepared: Prepared,
  wanted: WantedRun,
  options: KeptOptions,
): Promise<FinishedRun | undefined> {
  const { config, seed, key } = wanted;
  const { workers, aside, reporter, signal, tracker, onTrained } = options;
  const folder = folderOf(wanted, options);
  const start = { folder, run: basename(folder), recipe: config.recipe, seed, data: prepared.path, config, tracker };
  return recordRun(start, async (log) => {
    const started = performance.now();
    const checkpoints = checkpointFolder(join(folder, `checkpoint-${key}`));
    const stop = signal ? { signal } : {};
    const trained = await trainRecipe(prepared, { config, seed, workers, aside, reporter, checkpoints, log, ...stop });
    if (!trained) return undefined;
    await onTrained?.(trained, { config, seed, folder });
    const { result, threshold, testLogitS, testListLogitB, fitted } = trained;
    const seconds = (performance.now() - started) / 1000;
    const { epochs, keptEpoch } = result;
    const { calibration } = fitted;
    const facts = { key, config, seed, epochs, keptEpoch, threshold, seconds, calibration };
    const finished = { ...facts, testLogitS, testListLogitB };
    await saveRun(folder, finished);
    await rm(join(folder, `checkpoint-${key}`), { recursive: true, force: true });
    return finished;
  });
}
