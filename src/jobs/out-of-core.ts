import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { CHUNK } from '../datasets/slate-source/slates-on-disk.ts';
import type { DiskOptions } from '../datasets/walk/encode-on-disk.ts';
import { makeFolder } from '../files/make-folder.ts';
import type { TrainingConfig } from '../train/recipes/training-config.ts';

/** Lists that are shuffled together where the config does not say: some 150 MB with lists of 10. */
const WINDOW = 65_536;

/** The config with a window: without one a training asks for lists from everywhere at once. */
export const windowed = (config: TrainingConfig): TrainingConfig & { readonly window: number } => ({
  ...config,
  window: config.window ?? WINDOW,
});

/** Does its work with encoded lists in files of this folder, of which two windows may be in memory; the files go when it ends. */
export async function withListsOnDisk<T>(
  { folder, window }: { readonly folder: string; readonly window: number },
  work: (disk: DiskOptions) => Promise<T>,
): Promise<T> {
  await makeFolder(folder);
  const own = await mkdtemp(join(folder, 'lists-'));
  try {
    return await work({ folder: own, held: 2 * Math.ceil(window / CHUNK) + 2 });
  } finally {
    await rm(own, { recursive: true, force: true });
  }
}
