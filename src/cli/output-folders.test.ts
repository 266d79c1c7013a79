import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ended } from '../../test/command-ending.ts';
import { EXIT } from './exit-codes.ts';

/** The log does not exist: whoever looks at it before the folder fails otherwise. */
it.each([
  ['import none --out', 'import.json.bak', 'a data set to replace'],
  ['train none --out', 'model.py', 'a model to replace'],
  ['train none --recipe exact-k-pointer --scorer none --out', 'model.json', 'a generator to replace'],
  ['compare none --out', 'report.html', 'expected no report.html but of a comparison'],
  ['tune none --out', 'config.json', 'expected no config.json but of a search'],
])('%s a folder with a foreign %s is refused before any work', async (line, file, sentence) => {
  const folder = join(await mkdtemp(join(tmpdir(), 'out-')), 'f');
  await mkdir(folder);
  await writeFile(join(folder, file), 'mine');
  const { code, said } = await ended(`${line} ${folder}`);
  expect(said).toContain(sentence);
  expect(said.trim().split('\n')).toHaveLength(1);
  expect(code).toBe(EXIT.failed);
  expect(await readFile(join(folder, file), 'utf8')).toBe('mine');
  const inTheWay = await ended(`${line} ${join(folder, file)}`);
  expect(inTheWay.said).toContain(`found a file at ${join(folder, file)}`);
  expect(inTheWay.code).toBe(EXIT.failed);
});
