import { mkdtemp, readFile, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { cutTo } from './cut-to.ts';

it.each([
  ['a longer file is cut', 'one\ntwo\nthr', 'one\ntwo\n'],
  ['one that is right stays', 'one\n', 'one\n'],
  ['a shorter one is written anew', 'one\n', 'one\ntwo\n'],
  ['another one is written anew', 'eins\nzwei\n', 'one\n'],
  ['any begins with nothing', 'one\n', ''],
])('%s', async (_, before, after) => {
  const path = join(await mkdtemp(join(tmpdir(), 'cut-')), 'file');
  await writeFile(path, before);
  const { ino } = await stat(path);
  await cutTo(path, Buffer.from(after));
  expect(await readFile(path, 'utf8')).toBe(after);
  expect((await stat(path)).ino).toBe(ino);
});

it('makes a file that is not there, and names one that cannot be written', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'cut-'));
  await cutTo(join(folder, 'new'), Buffer.from('one\n'));
  expect(await readFile(join(folder, 'new'), 'utf8')).toBe('one\n');
  await expect(cutTo(join(folder, 'none', 'new'), Buffer.from(''))).rejects.toThrow(join('none', 'new'));
});
