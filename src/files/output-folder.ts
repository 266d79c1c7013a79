import { access, constants, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { InputError } from '../slate/input-error.ts';

/** What a folder that is replaced as a whole is made of: whoever replaces one must know every file that goes with it. */
export interface FolderKind {
  /** For people, such as `a data set`. */
  readonly name: string;
  /** The file that tells such a folder. */
  readonly mark: string;
  /** Everything else that may lie in it. */
  readonly others: readonly string[];
}

/**
 * Refuses, before any work, a folder that cannot be written or whose replacement would lose something: it must be absent, empty, or hold such a thing already
 * and nothing else. Touches nothing.
 */
export async function checkReplaceable(folder: string, { name, mark, others }: FolderKind): Promise<void> {
  await checkWritable(folder);
  const found = (await entriesOf(folder)) ?? [];
  if (found.length === 0) return;
  const wanted = `${folder}: expected no such folder yet, an empty one, or ${name} to replace`;
  if (!found.includes(mark))
    throw new InputError(`${wanted}, found a folder without ${mark} (${some(found)}); name another folder`);
  const foreign = found.filter((entry) => entry !== mark && !others.includes(entry));
  if (foreign.length > 0)
    throw new InputError(
      `${wanted}, found other things beside it (${some(foreign)}); move them, or name another folder`,
    );
}

/**
 * For a folder that is only added to: refuses to write over files of these names unless the folder holds `mark`, which shows that an earlier run of the same kind
 * wrote them.
 */
export async function checkAddable(
  folder: string,
  { mark, files }: { mark: string; files: readonly string[] },
): Promise<void> {
  await checkWritable(folder);
  const found = (await entriesOf(folder)) ?? [];
  const lost = files.filter((file) => found.includes(file));
  if (lost.length > 0 && !found.includes(mark))
    throw new InputError(
      `${folder}: expected no ${lost.join(' and ')} but of an earlier run, which leaves ${mark} beside it, found no ${mark}; name another folder`,
    );
}

/** Builds a folder beside its place, then puts it there: it appears only when it is complete, and what it replaces goes only then. */
export async function replaceFolder<T>(
  folder: string,
  kind: FolderKind,
  build: (building: string) => Promise<T>,
): Promise<T> {
  await checkReplaceable(folder, kind);
  // Resolved: beside `data/` would otherwise be inside it.
  const place = resolve(folder);
  const building = `${place}.new-${process.pid}`;
  const replaced = `${place}.old-${process.pid}`;
  await rm(building, { recursive: true, force: true });
  await mkdir(building, { recursive: true });
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

/** A folder can be made or written here, as far as can be told without trying. */
async function checkWritable(folder: string): Promise<void> {
  let nearest = resolve(folder);
  for (;;) {
    const facts = await stat(nearest).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
      throw error;
    });
    if (facts && !facts.isDirectory())
      throw new InputError(`${folder}: expected a folder to write, found a file at ${nearest}; name another folder`);
    if (facts) break;
    nearest = dirname(nearest);
  }
  await access(nearest, constants.W_OK | constants.X_OK).catch(() => {
    throw new InputError(
      `${folder}: expected a folder to write, found no right to write in ${nearest}; name another folder`,
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
