import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '../../files/make-folder.ts';
import type { Predictions } from '../../measure/predictions.ts';
import { decodeArrays, encodeArrays } from '../../models/tables/array-file.ts';
import type { Calibration } from '../../scoring/calibration/calibration.ts';
import { readIfThere } from '../../train/checkpoints/checkpoint-folder.ts';
import type { EpochRecord } from '../../train/epoch-record.ts';
import type { TrainingConfig } from '../../train/recipes/training-config.ts';

/** What is kept of one finished training run of a comparison. */
export interface FinishedRun {
  /** Tells whether a stored run is the one wanted: data, settings, recipe, seed. */
  readonly key: string;
  readonly config: TrainingConfig;
  readonly seed: number;
  readonly epochs: readonly EpochRecord[];
  readonly keptEpoch: number;
  readonly threshold: number;
  readonly seconds: number;
  /** Of items' logits: `testLogitS` are calibrated. */
  readonly calibration: Calibration;
  readonly testLogitS: Float32Array;
  /** Of at least one click on each list. */
  readonly testListLogitB: Float32Array;
}

/** What a run says of the test lists, as the tables read it. */
export const predictionsOf = (run: FinishedRun): Predictions & { readonly calibration: string } => ({
  ...{ recipe: run.config.recipe, seed: run.seed, threshold: run.threshold, scale: 'logit' },
  ...{ valueS: run.testLogitS, listLogitB: run.testListLogitB, calibration: run.calibration.form },
});

/** A finished run of this key in the folder, if there is one: a comparison that was interrupted does not train it again. What is not used is told. */
export async function loadRun(
  folder: string,
  { key, say }: { readonly key: string; readonly say: (message: string) => void },
): Promise<FinishedRun | undefined> {
  const path = join(folder, 'run.bin');
  const bytes = await readIfThere(path);
  if (!bytes) return undefined;
  try {
    const { facts, arrays } = decodeArrays<Omit<FinishedRun, 'testLogitS' | 'testListLogitB'>>(bytes);
    if (facts.key === key) {
      const { testLogitS, testListLogitB } = arrays;
      return { ...facts, testLogitS, testListLogitB };
    }
    say(`${path}: of other data, settings, config or program; training anew`);
  } catch (error) {
    say(`${path}: damaged (${(error as Error).message}); training anew`);
  }
  return undefined;
}

export async function saveRun(folder: string, { testLogitS, testListLogitB, ...facts }: FinishedRun): Promise<void> {
  await makeFolder(folder);
  await writeFile(
    join(folder, 'curve.json'),
    `${JSON.stringify({ seed: facts.seed, keptEpoch: facts.keptEpoch, epochs: facts.epochs }, null, 1)}\n`,
  );
  await writeFile(join(folder, 'run.bin.new'), encodeArrays(facts, { testLogitS, testListLogitB }));
  await rename(join(folder, 'run.bin.new'), join(folder, 'run.bin'));
}
