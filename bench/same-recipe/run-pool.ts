/** Many trainings of one recipe on one log, kept on disk as what they say of its test part: so the method of comparison can be changed without training anew. */
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { trainRecipe } from '../../src/jobs/recipes/train-recipe.ts';
import { settingsDefaults } from '../../src/jobs/settings.ts';
import type { ShownLists } from '../../src/measure/predictions.ts';
import { decodeArrays, encodeArrays } from '../../src/models/tables/array-file.ts';
import { prepare, resolveRecipe, silentReporter } from '../../src/steps.ts';

/** What is trained again and again, and on what. */
export interface PoolPlan {
  readonly name: string;
  readonly log: string;
  readonly splitBy: 'time' | 'user';
  readonly recipe: string;
  /** Any part of the recipe's config. */
  readonly changes: object;
  readonly runs: number;
}

export interface PooledRun {
  readonly seed: number;
  /** Logit from which a click is predicted, chosen on validation by this run. */
  readonly threshold: number;
  /** Of the test part. */
  readonly logitS: Float32Array;
}

export interface RunPool {
  readonly test: ShownLists;
  readonly runs: readonly PooledRun[];
}

const fileOf = (folder: string, plan: PoolPlan, seed: number): string => join(folder, plan.name, `seed-${seed}.bin`);

/** Trains what is missing, seed after seed, one pool after the other; can be stopped and started again. */
export async function trainPool(plan: PoolPlan, folder: string, say: (message: string) => void): Promise<void> {
  const seeds = Array.from({ length: plan.runs }, (_, index) => index + 1);
  const missing: number[] = [];
  for (const seed of seeds) if (!(await readRun(folder, plan, seed))) missing.push(seed);
  if (missing.length === 0) return;
  await mkdir(join(folder, plan.name), { recursive: true });
  const settings = {
    ...settingsDefaults,
    split: { ...settingsDefaults.split, by: plan.splitBy },
    recipes: { [plan.recipe]: plan.changes },
  };
  const config = resolveRecipe(plan.recipe, settings);
  const prepared = await prepare(plan.log, {
    settings,
    cacheFolder: join(folder, 'cache'),
    reporter: silentReporter,
    configs: [config],
  });
  const { offsets, labelS, userB } = prepared.encoded.slates.outcomes(prepared.encoded.test);
  const columns = { offsets, labelS, userB };
  const arrays = Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, Float32Array.from(column)]));
  await writeFile(join(folder, plan.name, 'test.bin'), encodeArrays({ plan }, arrays));
  for (const seed of missing) {
    const trained = await trainRecipe(prepared, { config, seed, workers: 1, reporter: silentReporter });
    if (!trained) throw new Error('trainPool: interrupted');
    const path = fileOf(folder, plan, seed);
    await writeFile(
      `${path}.new`,
      encodeArrays({ seed, threshold: trained.threshold }, { logitS: trained.testLogitS }),
    );
    await rename(`${path}.new`, path);
    say(`${plan.name} seed ${seed}: epoch ${trained.result.keptEpoch} of ${trained.result.epochs.length}`);
  }
}

/** What has been trained of a plan so far. */
export async function readPool(folder: string, plan: PoolPlan): Promise<RunPool> {
  const { arrays } = decodeArrays(await readFile(join(folder, plan.name, 'test.bin')));
  const runs: PooledRun[] = [];
  for (let seed = 1; seed <= plan.runs; seed++) {
    const run = await readRun(folder, plan, seed);
    if (run) runs.push(run);
  }
  const { offsets, labelS, userB } = arrays;
  return {
    test: { offsets: Int32Array.from(offsets), labelS: Uint8Array.from(labelS), userB: Int32Array.from(userB) },
    runs,
  };
}

async function readRun(folder: string, plan: PoolPlan, seed: number): Promise<PooledRun | undefined> {
  try {
    const { facts, arrays } = decodeArrays<Omit<PooledRun, 'logitS'>>(await readFile(fileOf(folder, plan, seed)));
    return { ...facts, logitS: arrays.logitS };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
