import { copyFile, mkdir, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { InputError } from '../slate/input-error.ts';
import { checkManifest, MANIFEST, writeManifest } from './manifest.ts';

const NAMES = ['a.json', 'b.bin', 'inner/c.bin'];

async function written(text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'manifest-'));
  await mkdir(join(folder, 'inner'));
  for (const name of NAMES) await writeFile(join(folder, name), `${name} of ${text}`);
  await writeManifest(folder, NAMES);
  return folder;
}
const check = (folder: string, hashedBytes?: number): Promise<void> =>
  checkManifest(folder, {
    names: NAMES,
    remedy: 'write it again',
    code: 'model-damaged',
    ...(hashedBytes === undefined ? {} : { hashedBytes }),
  });

it('takes a folder as it was written', async () => {
  await check(await written('one'));
});

it.each<[string, string, (folder: string, other: string) => Promise<void>]>([
  [
    'a file of another',
    'b.bin changed since, or that of another',
    (f, o) => copyFile(join(o, 'b.bin'), join(f, 'b.bin')),
  ],
  ['the manifest of another', 'a.json changed since', (f, o) => copyFile(join(o, MANIFEST), join(f, MANIFEST))],
  ['a cut file', 'inner/c.bin with 3 bytes instead of 18', (f) => truncate(join(f, 'inner/c.bin'), 3)],
  ['a file less', 'no b.bin', (f) => rm(join(f, 'b.bin'))],
  ['no manifest', 'no manifest.json that can be read', (f) => rm(join(f, MANIFEST))],
  ['an empty manifest', 'no manifest.json that can be read', (f) => writeFile(join(f, MANIFEST), '')],
  ['another manifest', 'no a.json in manifest.json', (f) => writeFile(join(f, MANIFEST), '{"files": {}}')],
  [
    'a strange manifest',
    'no manifest.json that can be read',
    (f) => writeFile(join(f, MANIFEST), '{"files": {"a.json": null}}'),
  ],
  [
    'one bit',
    'b.bin changed since',
    async (f) => {
      const bytes = await readFile(join(f, 'b.bin'));
      bytes[4] ^= 1;
      await writeFile(join(f, 'b.bin'), bytes);
    },
  ],
])('finds out %s, and names it', async (_, found, change) => {
  const folder = await written('one');
  await change(folder, await written('two'));
  await expect(check(folder)).rejects.toThrow(InputError);
  await expect(check(folder)).rejects.toThrow(
    `${folder}: expected the files that were written together, found ${found}`,
  );
  await expect(check(folder)).rejects.toThrow('; write it again');
});

it('compares large files by their size alone where it is told to', async () => {
  const folder = await written('one');
  await copyFile(join(await written('two'), 'b.bin'), join(folder, 'b.bin'));
  await check(folder, 5);
  await truncate(join(folder, 'b.bin'), 8);
  await expect(check(folder, 5)).rejects.toThrow('b.bin with 8 bytes instead of 12');
});
