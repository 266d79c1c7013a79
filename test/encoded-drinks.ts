import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDataset } from '../src/datasets/folder/dataset.ts';
import { importLog } from '../src/datasets/import/import-log.ts';
import { type EncodedDataset, type EncodeOptions, encodeDataset } from '../src/datasets/walk/encode-dataset.ts';
import { resolveRecipe, settingsDefaults } from '../src/jobs/settings.ts';
import { simulateDrinks } from '../src/simulator/drinks.ts';
import { writeSimulation } from '../src/simulator/write-simulation.ts';
import type { TrainingConfig } from '../src/train/recipes/training-config.ts';

/** A small encoded data set with lists of one to three items, for tests. `onImport` is told where it lies. */
export async function encodedDrinks(
  impressions = 400,
  options: Pick<EncodeOptions, 'partial' | 'graph'> = {},
  onImport?: (folder: string) => void,
): Promise<EncodedDataset> {
  const folder = await mkdtemp(join(tmpdir(), 'drinks-'));
  await writeSimulation(simulateDrinks({ impressions, seed: 3 }), { log: join(folder, 'log.jsonl') });
  await importLog(join(folder, 'log.jsonl'), join(folder, 'data'));
  onImport?.(join(folder, 'data'));
  return encodeDataset(await openDataset(join(folder, 'data')), {
    ...settingsDefaults,
    ...options,
    embeddingWidth: 4,
    historyLength: 3,
  });
}

/** A recipe small enough for a test. */
export function smallConfig(recipe: string, changes: Partial<TrainingConfig> = {}): TrainingConfig {
  const base = resolveRecipe(recipe, settingsDefaults);
  const model = { ...base.model, width: 8, heads: 2, feedForward: 16, history: true };
  return { ...base, model, batch: 32, microBatch: 8, epochs: 3, ...changes };
}
