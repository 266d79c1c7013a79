import { mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { windowed, withListsOnDisk } from './out-of-core.ts';
import { resolveRecipe, settingsDefaults } from './settings.ts';

it('leaves nothing in the folder, however the work ends, and touches nothing else there', async () => {
  const folder = join(await mkdtemp(join(tmpdir(), 'core-')), 'new');
  const found = await withListsOnDisk({ folder, window: 3000 }, async (disk) => {
    await writeFile(join(disk.folder, 'lists-0.bin'), 'x');
    expect(await readdir(folder)).toHaveLength(1);
    return disk.held;
  });
  // Two windows of three files, and one that a window begins or ends in.
  expect(found).toBe(8);
  await writeFile(join(folder, 'mine.txt'), 'mine');
  const failing = withListsOnDisk({ folder, window: 1 }, async () => {
    throw new Error('no room left');
  });
  await expect(failing).rejects.toThrow('no room left');
  expect(await readdir(folder)).toEqual(['mine.txt']);
});

it('gives a recipe a window, unless it has one', () => {
  const config = resolveRecipe('attention-bce', settingsDefaults);
  expect(config.window).toBeUndefined();
  expect(windowed(config).window).toBe(65_536);
  expect(windowed({ ...config, window: 512 }).window).toBe(512);
});
