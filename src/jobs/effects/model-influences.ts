import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '../../files/make-folder.ts';
import { decodeArrays, encodeArrays } from '../../models/tables/array-file.ts';
import { readIfThere } from '../../train/checkpoints/checkpoint-folder.ts';
import type { TrainingConfig } from '../../train/recipes/training-config.ts';
import type { Prepared } from '../prepare.ts';
import { folderOf, type RunsOptions, trainedRun } from '../recipes/finished-runs.ts';
import { type KeptModel, keptModel } from '../recipes/kept-model.ts';
import { runKey } from '../recipes/run-key.ts';
import { askWithoutEach, type ListInfluences } from './ask-without-each.ts';

export interface ModelInfluencesOptions extends Omit<RunsOptions, 'configs' | 'seeds'> {
  readonly config: TrainingConfig;
  readonly seed: number;
}

const FILE = 'influence.bin';

/** Influences that were kept of a run of these very lists, settings, config and seed; else those that its model tells, which is kept too, or trained. Undefined when interrupted. */
export async function modelInfluences(
  prepared: Prepared,
  { config, seed, ...options }: ModelInfluencesOptions,
): Promise<ListInfluences | undefined> {
  const { workers, signal, reporter, known = [] } = options;
  const key = runKey(prepared, { config, seed });
  const wanted = { config, seed, key };
  const own = folderOf(wanted, options);
  const elsewhere = known.filter((run) => run.recipe === config.recipe && run.seed === seed);
  const folders = [own, ...elsewhere.map((run) => run.folder)];
  const told = `${config.recipe} seed ${seed}`;
  for (const folder of folders) {
    const kept = await loadInfluences(folder, key);
    if (!kept) continue;
    reporter.note(`${told}: influences found in ${folder}`);
    return kept;
  }
  const ask = async (asked: KeptModel): Promise<ListInfluences> => {
    reporter.note(`${told}: each item of training lists left out in turn`);
    const found = await askWithoutEach(prepared, { ...asked, workers, seed, signal });
    await saveInfluences(own, { key, ...found });
    return found;
  };
  for (const folder of folders) {
    const kept = await keptModel(prepared, wanted, folder);
    if (!kept) continue;
    reporter.note(`${told}: already trained, its model found in ${folder}`);
    return untilStopped(() => ask(kept), signal);
  }
  let found: ListInfluences | undefined;
  const run = await trainedRun(prepared, wanted, {
    ...options,
    onTrained: async (trained, of) => {
      await options.onTrained?.(trained, of);
      found = await ask({ model: trained.model, calibration: trained.fitted.calibration });
    },
  });
  return run && found;
}

/** Undefined when interrupted. */
async function untilStopped<T>(work: () => Promise<T>, signal: AbortSignal | undefined): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (signal?.aborted) return undefined;
    throw error;
  }
}

async function loadInfluences(folder: string, key: string): Promise<ListInfluences | undefined> {
  const bytes = await readIfThere(join(folder, FILE));
  if (!bytes) return undefined;
  const { facts, arrays } = decodeArrays<{ key: string; lists: number[]; lengths: number[] }>(bytes);
  if (facts.key !== key) return undefined;
  return {
    lists: Int32Array.from(facts.lists),
    lengths: Int32Array.from(facts.lengths),
    influence: arrays.influence,
  };
}

async function saveInfluences(folder: string, kept: ListInfluences & { readonly key: string }): Promise<void> {
  const { key, lists, lengths, influence } = kept;
  await makeFolder(folder);
  const bytes = encodeArrays({ key, lists: [...lists], lengths: [...lengths] }, { influence });
  await writeFile(join(folder, `${FILE}.new`), bytes);
  await rename(join(folder, `${FILE}.new`), join(folder, FILE));
}
