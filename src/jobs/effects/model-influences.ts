import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '../../files/make-folder.ts';
import { decodeArrays, encodeArrays } from '../../models/tables/array-file.ts';
import { readIfThere } from '../../train/checkpoints/checkpoint.ts';
import type { TrainingConfig } from '../../train/recipes/training-config.ts';
import type { Prepared } from '../prepare.ts';
import { folderOf, type RunsOptions, trainedRun } from '../recipes/finished-runs.ts';
import { runKey } from '../recipes/run-key.ts';
import { askWithoutEach, type ListInfluences } from './ask-without-each.ts';

export interface ModelInfluencesOptions extends Omit<RunsOptions, 'configs' | 'seeds'> {
  readonly config: TrainingConfig;
  readonly seed: number;
}

const FILE = 'influence.bin';

/** Trains a list model and asks it for influences, or finds those that were kept of a run of these very lists, settings, config and seed. Undefined when interrupted. */
export async function modelInfluences(
  prepared: Prepared,
  { config, seed, ...options }: ModelInfluencesOptions,
): Promise<ListInfluences | undefined> {
  const { workers, signal, reporter, known = [] } = options;
  const key = runKey(prepared, { config, seed });
  const wanted = { config, seed, key };
  const own = folderOf(wanted, options);
  const elsewhere = known.filter((run) => run.recipe === config.recipe && run.seed === seed);
  for (const folder of [own, ...elsewhere.map((run) => run.folder)]) {
    const kept = await loadInfluences(folder, key);
    if (!kept) continue;
    reporter.note(`${config.recipe} seed ${seed}: influences found in ${folder}`);
    return kept;
  }
  let found: ListInfluences | undefined;
  const run = await trainedRun(prepared, wanted, {
    ...options,
    onTrained: async (trained, of) => {
      await options.onTrained?.(trained, of);
      const { model, fitted } = trained;
      reporter.note(`${config.recipe} seed ${seed}: each item of training lists left out in turn`);
      found = await askWithoutEach(prepared, { model, calibration: fitted.calibration, workers, seed, signal });
      await saveInfluences(own, { key, ...found });
    },
  });
  return run && found;
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
