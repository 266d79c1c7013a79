import { existsSync } from 'node:fs';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { writeText } from './write-text.ts';

it('writes the text', async () => {
  const path = join(await mkdtemp(join(tmpdir(), 'text-')), 'a.txt');
  await writeText(path, 'all of it');
  expect(await readFile(path, 'utf8')).toBe('all of it');
});

it.skipIf(!existsSync('/dev/full'))('names a file that it cannot write', async () => {
  await expect(writeText('/dev/full', 'all of it')).rejects.toMatchObject({ code: 'ENOSPC', path: '/dev/full' });
});
