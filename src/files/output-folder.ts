import { access, constants, readdir, readFile, rename, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import type { ErrorCode } from '../slate/error-code.ts';
import { InputError } from '../slate/input-error.ts';
import { foundInstead } from '../slate/rejected-event.ts';
import { type FolderKind, type GrowingFolderKind, WORK_MARK } from './folder-kinds.ts';
import { makeFolder } from './make-folder.ts';

/**
 * Refuses a folder that cannot be written or whose replacement would lose something: it must be absent, empty, or hold such a thing already and nothing else. Touches
 * nothing; true where something will be replaced.
 */
export async function checkReplaceable(folder: string, kind: FolderKind): Promise<boolean> {
  await checkWritable(folder);
  const { name, mark, others } = kind;
  const found = (await entriesOf(folder)) ?? [];
  if (found.length === 0) return false;
  const wanted = `${folder}: expected no such folder yet, an empty one, or ${name} to replace`;
  if (!found.includes(mark))
    throw new InputError(
      `${wanted}, found a folder without ${mark} (${some(found)}); name another folder`,
      'output-refused',
    );
  if (!(await markIn(folder, kind)))
    throw new InputError(
      `${wanted}, found a ${mark} that is not of ${name}; move it, or name another folder`,
      'output-refused',
    );
  const foreign = found.filter((entry) => entry !== mark && !others.includes(entry));
  if (foreign.length > 0)
    throw new InputError(
      `${wanted}, found other things beside it (${some(foreign)}); move them, or name another folder`,
      'output-refused',
    );
  return true;
}

/** Refuses to add to a folder that holds something of these names which no earlier run of the kind wrote. Touches nothing. */
export async function checkGrowing(folder: string, { name, work, entries }: GrowingFolderKind): Promise<void> {
  await checkWritable(folder);
  const found = (await entriesOf(folder)) ?? [];
  const taken = [WORK_MARK, ...entries].filter((entry) => found.includes(entry));
  if (taken.length === 0 || (await jsonIn(folder, WORK_MARK))?.slatewise === work) return;
  throw new InputError(
    `${folder}: expected no ${taken.join(' and no ')} but of ${name}, which leaves ${WORK_MARK} beside it, found ${taken.includes(WORK_MARK) ? `another ${WORK_MARK}` : `no ${WORK_MARK}`}; name another folder`,
    'output-refused',
  );
}

/** Makes such a folder, or finds it, and leaves the mark that shows it to be ours. */
export async function openGrowing(folder: string, kind: GrowingFolderKind): Promise<void> {
  await checkGrowing(folder, kind);
  await makeFolder(folder);
  await writeFile(join(folder, WORK_MARK), `${JSON.stringify({ slatewise: kind.work })}\n`);
}

/** Removes what the program wrote into such a folder, and the folder where nothing else is in it. */
export async function removeGrowing(folder: string, kind: GrowingFolderKind): Promise<void> {
  if ((await jsonIn(folder, WORK_MARK))?.slatewise !== kind.work) return;
  for (const entry of [...kind.entries, WORK_MARK]) await rm(join(folder, entry), { recursive: true, force: true });
  await rmdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
  });
}

/** Whether a folder is of this kind, by what its mark says. */
export async function markIn(folder: string, { mark, isMark }: FolderKind): Promise<boolean> {
  const json = await jsonIn(folder, mark);
  return json !== undefined && isMark(json);
}

/** The object in a JSON file; undefined where there is none. */
async function jsonIn(folder: string, name: string): Promise<Readonly<Record<string, unknown>> | undefined> {
  try {
    const json: unknown = JSON.parse(await readFile(join(folder, name), 'utf8'));
    return typeof json === 'object' && json !== null ? (json as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** The writing under way at each place: another of this process waits for it. */
const underWay = new Map<string, Promise<unknown>>();

/**
 * Builds a folder beside its place, then puts it there: it appears only when it is complete, and what it replaces goes only then. Calls for one place follow each other: the
 * last one's folder stays.
 */
export async function replaceFolder<T>(
  folder: string,
  kind: FolderKind,
  build: (building: string) => Promise<T>,
): Promise<T> {
  refuseNoPath(folder);
  // Resolved: beside `data/` would otherwise be inside it.
  const place = resolve(folder);
  const before = underWay.get(place);
  const writing = (async () => {
    await before?.catch(() => undefined);
    return replaceNow(folder, { place, kind, build });
  })();
  underWay.set(place, writing);
  try {
    return await writing;
  } finally {
    if (underWay.get(place) === writing) underWay.delete(place);
  }
}

async function replaceNow<T>(
  folder: string,
  {
    place,
    kind,
    build,
  }: { readonly place: string; readonly kind: FolderKind; readonly build: (building: string) => Promise<T> },
): Promise<T> {
  await checkReplaceable(folder, kind);
  // Processes on several machines may share the disk, and in containers all of them have the same number.
  const own = `${hostname()}-${process.pid}`;
  const building = `${place}.new-${own}`;
  const replaced = `${place}.old-${own}`;
  await removeAbandoned(place);
  await rm(building, { recursive: true, force: true });
  await makeFolder(building);
  try {
    const built = await build(building);
    await checkReplaceable(folder, kind);
    const before = await entriesOf(place);
    if (before) await rename(place, replaced);
    await rename(building, place).catch(async (error) => {
      if (before) await rename(replaced, place);
      throw error;
    });
    await rm(replaced, { recursive: true, force: true });
    return built;
  } catch (error) {
    await rm(building, { recursive: true, force: true });
    throw error;
  }
}

/**
 * Removes what processes left beside a place that were killed while they built a folder for it. One that was killed just as it put the new folder in the place of the old one has left the old one: it
 * comes back.
 */
export async function removeAbandoned(place: string): Promise<void> {
  const beside = `${basename(place)}.`;
  for (const entry of (await entriesOf(dirname(place))) ?? []) {
    const [, kind, host, pid] =
      /^(new|old)-(.*)-(\d+)$/.exec(entry.startsWith(beside) ? entry.slice(beside.length) : '') ?? [];
    if (kind === undefined || host !== hostname() || isRunning(Number(pid))) continue;
    const left = join(dirname(place), entry);
    if (kind === 'old' && (await entriesOf(place)) === undefined) await rename(left, place);
    else await rm(left, { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  if (pid === process.pid) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // One of another user is there too.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** What a path is asked for, and what is said where there is none. */
export interface AskedPath {
  /** What stands there, such as `the place to write`. */
  readonly place: string;
  readonly remedy: string;
  readonly code: ErrorCode;
}

const TO_WRITE: AskedPath = {
  place: 'the place to write',
  remedy: 'name a folder or a file',
  code: 'output-refused',
};

/** Refuses what is no path, and an empty one, which would be the working folder: of a place to write, unless told otherwise. */
export function refuseNoPath(path: unknown, { place, remedy, code }: AskedPath = TO_WRITE): asserts path is string {
  // No system has a path with a zero byte.
  if (typeof path === 'string' && path.trim() !== '' && !path.includes('\0')) return;
  throw new InputError(`${place}: expected a path, ${foundInstead(path, remedy)}`, code);
}

/** A folder can be made or written here, as far as can be told without trying. */
export async function checkWritable(folder: string): Promise<void> {
  refuseNoPath(folder);
  let nearest = resolve(folder);
  for (;;) {
    const facts = await stat(nearest).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
      throw error;
    });
    if (facts && !facts.isDirectory())
      throw new InputError(
        `${folder}: expected a folder to write, found a file at ${nearest}; name another folder`,
        'output-refused',
      );
    if (facts) break;
    nearest = dirname(nearest);
  }
  await access(nearest, constants.W_OK | constants.X_OK).catch(() => {
    throw new InputError(
      `${folder}: expected a folder to write, found no right to write in ${nearest}; name another folder`,
      'output-refused',
    );
  });
}

const entriesOf = (folder: string): Promise<readonly string[] | undefined> =>
  readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });

const some = (names: readonly string[]): string =>
  names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');
