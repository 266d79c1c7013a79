import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
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

describe('a file of somebody else', () => {
  it.each([
    ['simulate --impressions 1 --out FILE', 'or a simulated log to replace, found another file'],
    [
      'simulate --impressions 1 --out NEW --truth FILE',
      'or the truth of a simulated log to replace, found another file',
    ],
    ['validate LOG --rejected FILE', 'or rejected lines to replace, found another file'],
    ['validate LOG --rejected LOG', 'which is read, found the same'],
    ['import LOG --out OTHER', 'or rejected lines to replace, found another file'],
    ['explain MODEL LOG --svg FILE', 'or a picture of slatewise to replace, found another file'],
    ['explain MODEL LOG --svg LOG', 'which is read, found the same'],
    ['explain none LOG --svg MODEL/model.json', 'found a model at'],
    ['simulate --impressions 1 --out MODEL/weights.bin', 'found a model at'],
    ['train LOG --out NEW --cache NEW/cache', 'which is written as a whole, found one within'],
    ['compare LOG --out MODEL', 'found a model at'],
    ['tune LOG --out NEW --config NEW/config.json', 'expected a config file'],
    ['demo --out DEMO', 'or a simulated log to replace, found another file'],
  ])('%s is refused before any work', async (line, sentence) => {
    const home = await mkdtemp(join(tmpdir(), 'out-'));
    const at = (name: string): string => join(home, name);
    const files = {
      'file.svg': '<svg></svg>',
      'log.jsonl': '{"event":"ranking","id":"r","timestamp":1,"items":[{"id":"a"}]}',
      'other.rejected.jsonl': 'mine',
      'model/model.json': '{"format": 4, "scorer": "attention", "card": {}}',
      'model/weights.bin': 'weights',
      'demo/simulated.jsonl.gz': 'mine',
    };
    await mkdir(at('model'));
    await mkdir(at('demo'));
    for (const [name, text] of Object.entries(files)) await writeFile(at(name), text);
    const names = { FILE: 'file.svg', LOG: 'log.jsonl', OTHER: 'other', MODEL: 'model', NEW: 'new', DEMO: 'demo' };
    const command = line.replace(/[A-Z]{3,}/g, (name) => at(names[name as keyof typeof names]));
    const { code, said } = await ended(command);
    expect(said).toContain(sentence);
    expect(said.trim().split('\n')).toHaveLength(1);
    expect([EXIT.failed, EXIT.usage]).toContain(code);
    for (const [name, text] of Object.entries(files)) expect(await readFile(at(name), 'utf8')).toBe(text);
    await expect(readFile(at('new'))).rejects.toThrow('ENOENT');
  });
});
