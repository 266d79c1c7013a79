import { mkdir, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { InputError } from '../slate/input-error.ts';

/**
 * Makes a folder and those that it stands in, as far as they are not there. One at a time: Node's own recursive `mkdir` never ends where the system makes no folders, as in
 * `/proc`. Throws `InputError` there, and the system's error otherwise.
 */
export async function makeFolder(folder: string): Promise<void> {
  const missing: string[] = [];
  let nearest = resolve(folder);
  while (!(await isFolder(nearest)) && dirname(nearest) !== nearest) {
    missing.unshift(nearest);
    nearest = dirname(nearest);
  }
  for (const each of missing) {
    await mkdir(each).catch(async (error: NodeJS.ErrnoException) => {
      // Another call was faster.
      if (error.code === 'EEXIST' && (await isFolder(each))) return;
      if (error.code !== 'ENOENT') throw error;
      throw new InputError(
        `${dirname(each)}: expected a place for folders, found one in which the system makes none; name another folder`,
        'output-refused',
      );
    });
  }
}

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (facts) => facts.isDirectory(),
    () => false,
  );
