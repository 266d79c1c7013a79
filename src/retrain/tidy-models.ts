/** The models of retrainings: what they are called, how one takes its place, and which old ones go. */
import { readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '../files/make-folder.ts';

const PREFIX = 'retrained-';
const OURS = /^retrained-\d{8}-\d{4}-\d+$/;

/** By when its last list was shown and the last entry of the journal that it knows: sorted by name they are sorted by age. */
export function modelNameOf({ to, sequence }: { readonly to: string; readonly sequence: number }): string {
  const [date, time] = to.split('T');
  return `${PREFIX}${date.replaceAll('-', '')}-${time.slice(0, 5).replace(':', '')}-${String(sequence).padStart(12, '0')}`;
}

/** Puts a finished model among the others in one move; where that was done before a crash, nothing is left to do. */
export async function placeModel(candidate: string, place: string): Promise<void> {
  if (!(await isThere(candidate)) && (await isThere(place))) return;
  await rm(place, { recursive: true, force: true });
  await rename(candidate, place);
}

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

/** Removes all but the newest models of retrainings, and never one of `spared`, nor one that was put there by hand. Each goes in one move. */
export async function removeOlder(
  models: string,
  { keep, spared, work }: { readonly keep: number; readonly spared: readonly (string | null)[]; readonly work: string },
): Promise<readonly string[]> {
  const found = (await readdir(models)).filter((name) => OURS.test(name)).sort();
  const older = found.slice(0, Math.max(0, found.length - keep)).filter((name) => !spared.includes(name));
  const removed = join(work, 'removed');
  if (older.length > 0) await makeFolder(removed);
  for (const name of older) {
    await rename(join(models, name), join(removed, name));
    await rm(join(removed, name), { recursive: true, force: true });
  }
  return older;
}
