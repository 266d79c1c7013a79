import { link, mkdir, mkdtemp, realpath, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { isWithin, placeOf, samePlace } from './places.ts';

it('follows links of either kind, as far as anything is there', async () => {
  const home = await realpath(await mkdtemp(join(tmpdir(), 'places-')));
  const at = (name: string): string => join(home, name);
  await mkdir(at('folder'));
  await writeFile(at('folder/file'), '');
  await symlink(at('folder'), at('soft'));
  await link(at('folder/file'), at('hard'));
  expect(await placeOf(at('soft/none/at/all'))).toBe(at('folder/none/at/all'));
  for (const [one, other, same] of [
    ['soft/file', 'folder/file', true],
    ['hard', 'soft/file', true],
    ['soft/new', 'folder/new', true],
    ['folder/new', 'folder/file', false],
    ['folder', 'hard', false],
  ] as const)
    expect(await samePlace(at(one), at(other))).toBe(same);
  for (const [path, folder, within] of [
    ['soft/file', 'folder', true],
    ['folder', 'folder', true],
    ['folder.training', 'folder', false],
    ['..hidden', 'folder', false],
    ['folder/..hidden', 'folder', true],
    ['folder', 'folder/deep', false],
  ] as const)
    expect(await isWithin(at(path), at(folder))).toBe(within);
});
