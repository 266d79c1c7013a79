import { lstat, readdir, rm, rmdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isOfRun, TRAINING_FOLDER, WORK_MARK } from '../../files/folder-kinds.ts';
import { removeGrowing } from '../../files/output-folder.ts';
import type { FoundRun } from './find-runs.ts';

/** What removing a run would take, or why it stays. */
export interface Removal {
  readonly run: FoundRun;
  /** Names in its folder: what the program wrote there. */
  readonly entries: readonly string[];
  readonly bytes: number;
  /** Why it stays, in words; absent where it goes. */
  readonly stays?: string;
}

/** Touches nothing. */
export async function removalOf(run: FoundRun): Promise<Removal> {
  const stays = reasonToStay(run);
  if (stays !== undefined) return { run, entries: [], bytes: 0, stays };
  const entries = (await readdir(run.folder)).filter(isOfRun);
  let bytes = 0;
  for (const entry of entries) bytes += await bytesIn(join(run.folder, entry));
  return { run, entries, bytes };
}

function reasonToStay({ state, holds }: FoundRun): string | undefined {
  if (state === 'running') return 'it is running';
  return holds === 'run' ? undefined : `its folder is a ${holds}`;
}

/** Removes what the program wrote, and the folder where nothing else is in it. */
export async function removeRun({ run: { folder }, entries, stays }: Removal): Promise<void> {
  if (stays !== undefined) return;
  for (const entry of entries) await rm(join(folder, entry), { recursive: true, force: true });
  await removeEmpty(folder);
  // Shares of one training stand side by side below its own folder.
  const parent = dirname(folder);
  if (basename(parent) !== 'folds') return;
  await removeEmpty(parent);
  await removeEmpty(dirname(parent));
}

/** Where nothing is left in it but the mark of a training under way, which marks nothing any more. */
async function removeEmpty(folder: string): Promise<void> {
  const left = await readdir(folder);
  if (left.length === 0) await rmdir(folder);
  else if (left.join() === WORK_MARK) await removeGrowing(folder, TRAINING_FOLDER);
}

async function bytesIn(path: string): Promise<number> {
  const facts = await lstat(path);
  if (!facts.isDirectory()) return facts.size;
  let sum = 0;
  for (const entry of await readdir(path)) sum += await bytesIn(join(path, entry));
  return sum;
}
