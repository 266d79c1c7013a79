import { existsSync } from 'node:fs';
import { mkdtemp, readFile, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ended } from '../../test/command-ending.ts';
import { EXIT } from './exit-codes.ts';
import { fileErrorSentence } from './file-error.ts';

const caught = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );

it('has a sentence for what the system says of a file, and for nothing else', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'error-'));
  expect(fileErrorSentence(await caught(readFile(join(folder, 'none'))))).toBe(
    `${join(folder, 'none')}: expected a file or folder, found none of this name (ENOENT); check the path`,
  );
  const full = Object.assign(new Error('no space left on device, write'), { code: 'ENOSPC' });
  expect(fileErrorSentence(full)).toContain('found a full disk (ENOSPC)');
  for (const none of [new TypeError('bug'), Object.assign(new Error(), { code: 'ERR_OUT_OF_RANGE' }), 'ENOENT'])
    expect(fileErrorSentence(none)).toBeUndefined();
});

it.each([
  ['validate LOG --rejected FOLDER', 'found a folder; name a file in it'],
  ['validate LOG --rejected LOG/r.jsonl', 'found'],
  ['simulate --impressions 1 --out LOG/s.jsonl', 'found'],
  ['simulate --impressions 1 --out FOLDER', 'found a folder; name a file in it'],
])('%s ends with one sentence', async (line, sentence) => {
  const folder = await mkdtemp(join(tmpdir(), 'error-'));
  const log = join(folder, 'log.jsonl');
  await writeFile(log, '{"event":"ranking","id":"r","timestamp":1,"items":[{"id":"a"}]}\n');
  const { code, said } = await ended(line.replaceAll('LOG', log).replaceAll('FOLDER', folder));
  const [last] = said.trim().split('\n').slice(-1);
  expect(last).toMatch(/^error: \/.*: expected .*, found .*; /);
  expect(last).toContain(sentence);
  expect(said).not.toContain('    at ');
  expect(code).toBe(EXIT.failed);
});

it.skipIf(!existsSync('/dev/full')).each(['log.jsonl', 'log.jsonl.gz'])(
  'a full disk under %s ends with one sentence',
  async (name) => {
    const log = join(await mkdtemp(join(tmpdir(), 'error-')), name);
    await symlink('/dev/full', log);
    const { code, said } = await ended(`simulate --impressions 500 --out ${log}`);
    expect(said.trim().split('\n').at(-1)).toBe(
      `error: ${log}: expected room for the file, found a full disk (ENOSPC); make room and start again`,
    );
    expect(code).toBe(EXIT.failed);
  },
);
