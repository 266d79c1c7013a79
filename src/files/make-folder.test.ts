import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeFolder } from './make-folder.ts';

const home = (): Promise<string> => mkdtemp(join(tmpdir(), 'make-'));

it('makes a folder and those around it, at once and again', async () => {
  const folder = join(await home(), 'a', 'b', 'c');
  await Promise.all([makeFolder(folder), makeFolder(folder), makeFolder(join(folder, '..', 'd'))]);
  await makeFolder(folder);
  expect((await stat(folder)).isDirectory()).toBe(true);
});

it('leaves a file where it stands', async () => {
  const file = join(await home(), 'file');
  await writeFile(file, 'kept');
  await expect(makeFolder(file)).rejects.toMatchObject({ code: 'EEXIST' });
  await expect(makeFolder(join(file, 'inner'))).rejects.toMatchObject({ code: 'EEXIST' });
});

it.runIf(process.platform === 'linux')('ends in one sentence where the system makes no folders', async () => {
  await expect(makeFolder('/proc/x/y')).rejects.toMatchObject({
    name: 'InputError',
    code: 'output-refused',
    message: '/proc: expected a place for folders, found one in which the system makes none; name another folder',
  });
});

it('is what every other file makes folders with', () => {
  const root = join(import.meta.dirname, '..');
  const others = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
    (file) => /(?<!\.test)\.ts$/.test(file) && !file.endsWith('make-folder.ts'),
  );
  expect(others.length).toBeGreaterThan(100);
  expect(others.filter((file) => /\bmkdir(?:Sync)?\(/.test(readFileSync(join(root, file), 'utf8')))).toEqual([]);
});
