/** The model of a run, kept so that it can be asked later without another training. */
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '../../files/make-folder.ts';
import type { Model } from '../../models/model.ts';
import { decodeArrays, encodeArrays } from '../../models/tables/array-file.ts';
import { loadWeights, modelArrays } from '../../models/tables/weights.ts';
import type { Calibration } from '../../scoring/calibration/calibration.ts';
import { readIfThere } from '../../train/checkpoints/checkpoint-folder.ts';
import type { Prepared } from '../prepare.ts';
import type { TrainedRun, WantedRun } from './finished-runs.ts';
import { createRecipeModel } from './recipe-model.ts';
import { runKey } from './run-key.ts';
import type { TrainedRecipe } from './train-recipe.ts';

/** All that is needed to ask it. */
export interface KeptModel {
  readonly model: Model;
  readonly calibration: Calibration;
}

const FILE = 'model.bin';

/** Keeps the model in the folder of its run. */
export async function keepModel(
  prepared: Prepared,
  { model, fitted }: Pick<TrainedRecipe, 'model' | 'fitted'>,
  { config, seed, folder }: TrainedRun,
): Promise<void> {
  const facts = { key: runKey(prepared, { config, seed }), calibration: fitted.calibration };
  await makeFolder(folder);
  await writeFile(join(folder, `${FILE}.new`), encodeArrays(facts, modelArrays(model)));
  await rename(join(folder, `${FILE}.new`), join(folder, FILE));
}

/** The model of this very run that the folder keeps; undefined where it keeps none, or one of other lists, settings, config or program. */
export async function keptModel(
  prepared: Prepared,
  { config, seed, key }: WantedRun,
  folder: string,
): Promise<KeptModel | undefined> {
  const bytes = await readIfThere(join(folder, FILE));
  if (!bytes) return undefined;
  const { facts, arrays } = decodeArrays<{ key: string; calibration: Calibration }>(bytes);
  if (facts.key !== key) return undefined;
  const model = createRecipeModel(prepared, prepared.encoded.train, { config, seed });
  loadWeights(model, arrays);
  return { model, calibration: facts.calibration };
}
