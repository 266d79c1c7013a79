/** One process per folder: a file says which. Whoever was killed leaves it behind; then it counts no more. */
import { readFileSync } from 'node:fs';
import { link, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { InputError } from '../../slate/input-error.ts';

export const LOCK_FILE = 'in-use.json';

interface Holder {
  readonly pid: number;
  readonly host: string;
  /** When the process began, as its system tells: another process may have its number later. */
  readonly began: string;
}

/** A process on another machine says that it lives; milliseconds. */
const BEAT = 5_000;
const SILENT = 6 * BEAT;

/** What is said where another process has the folder. */
export type InUse = (folder: string, holder: Pick<Holder, 'pid' | 'host'>) => InputError;

const journalInUse: InUse = (folder, { pid, host }) =>
  new InputError(
    `${folder}: expected a journal that no other process writes, found process ${pid} on ${host} at it; stop that one, or name another folder`,
    'journal-in-use',
  );

/** Throws `InputError` (`journal-in-use`, unless told otherwise) where another process has the folder. What is returned lets it go. */
export async function lockFolder(folder: string, inUse: InUse = journalInUse): Promise<() => Promise<void>> {
  const path = join(folder, LOCK_FILE);
  const own: Holder = { pid: process.pid, host: hostname(), began: beganAt(process.pid) };
  for (let tries = 0; !(await isTaken(folder, own)); tries++) {
    const holder = await holderOf(path);
    if (holder !== undefined && (tries > 2 || (await isAlive(holder, path)))) throw inUse(folder, holder);
    await rm(path, { force: true });
  }
  const beat = setInterval(() => void utimes(path, new Date(), new Date()).catch(() => undefined), BEAT);
  beat.unref();
  return async () => {
    clearInterval(beat);
    const holder = await holderOf(path);
    if (holder?.pid === own.pid && holder.host === own.host) await rm(path, { force: true });
  };
}

/** The file appears whole or not at all: nobody reads half of it. */
async function isTaken(folder: string, own: Holder): Promise<boolean> {
  const made = join(folder, `${LOCK_FILE}.${own.pid}`);
  await writeFile(made, JSON.stringify(own));
  try {
    await link(made, join(folder, LOCK_FILE));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(made, { force: true });
  }
}

async function holderOf(path: string): Promise<Holder | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Holder;
  } catch {
    return undefined;
  }
}

async function isAlive(holder: Holder, path: string): Promise<boolean> {
  if (holder.host !== hostname()) {
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: 0 }));
    return Date.now() - mtimeMs < SILENT;
  }
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return beganAt(holder.pid) === holder.began;
}

/** Empty where the system does not tell. */
function beganAt(pid: number): string {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The name of the program may hold spaces: what follows it begins with field 3.
    return text.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}
