import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { MODEL_FOLDER } from '../files/folder-kinds.ts';
import { prepare } from '../jobs/prepare.ts';
import { trainModel } from '../jobs/recipes/train-model.ts';
import { latestDays, splitBefore } from './judge/latest-days.ts';
import type { At, RetrainWork } from './retrain-work.ts';

/** The folder of a model that may answer. */
export const candidateOf = (folder: string, seed: number): string => join(folder, 'candidates', `seed-${seed}`);

/** One model a seed; a training that was interrupted goes on from its checkpoint. False when interrupted. */
export async function trainCandidates(work: RetrainWork, { dataset, folder }: At): Promise<boolean> {
  const { steps, seeds, days, config, workers, reporter, signal, data } = work;
  if (steps.progress.done.includes('judge')) return true;
  const missing: number[] = [];
  for (const seed of seeds) if (!(await isModel(candidateOf(folder, seed)))) missing.push(seed);
  if (missing.length === 0) return true;
  const facts = await dataset.impressionFacts();
  const split = splitBefore(latestDays(facts, days), facts.times.length, work.settings.split);
  const prepared = await prepare(data, {
    ...{
      settings: { ...work.settings, split },
      configs: [config],
      workers,
      cacheFolder: folder,
      reporter,
      name: work.journal.name,
    },
    ...(signal ? { signal } : {}),
  });
  for (const seed of missing) {
    const trained = await trainModel(prepared, {
      ...{ config, seed, workers, reporter, folder: candidateOf(folder, seed) },
      ...(signal ? { signal } : {}),
    });
    if (!trained) return false;
  }
  return true;
}

const isModel = (folder: string): Promise<boolean> =>
  stat(join(folder, MODEL_FOLDER.mark)).then(
    () => true,
    () => false,
  );
