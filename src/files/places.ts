/** Where paths lead to, links and all. */
import { realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';

/** The real path of what is there, or would be: links are followed as far as anything is there. */
export async function placeOf(path: string): Promise<string> {
  const whole = resolve(path);
  try {
    return await realpath(whole);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if ((code !== 'ENOENT' && code !== 'ENOTDIR') || dirname(whole) === whole) throw error;
    return join(await placeOf(dirname(whole)), basename(whole));
  }
}

/** Whether two paths lead to one file or folder, through links of either kind too; of what is not there yet, to one place. */
export async function samePlace(one: string, other: string): Promise<boolean> {
  const [a, b] = await Promise.all([one, other].map((path) => stat(path, { bigint: true }).catch(() => undefined)));
  if (a && b) return a.dev === b.dev && a.ino === b.ino;
  return (await placeOf(one)) === (await placeOf(other));
}

/** Whether a path leads to something below a folder, or to the folder itself. */
export async function isWithin(path: string, folder: string): Promise<boolean> {
  const way = relative(await placeOf(folder), await placeOf(path));
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && way !== resolve(way));
}
