import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { beforeAll, expect, it } from 'vitest';
import { encodedDrinks } from '../../test/encoded-drinks.ts';
import type { MemorySnapshot } from '../memory/snapshot.ts';
import { readMemory, writeMemory } from './memory-file.ts';

let path: string;
let memory: MemorySnapshot;
beforeAll(async () => {
  path = join(await mkdtemp(join(tmpdir(), 'memory-')), 'memory.jsonl.gz');
  const { items, ...rest } = (await encodedDrinks(300)).memory.snapshot();
  // Longer than any chunk, and with characters of several bytes that chunks may cut.
  const more = Array.from(
    { length: 5000 },
    (_, at) => [1000 + at, `品${at}`, { title: `茶\n${'é'.repeat(30)}` }] as const,
  );
  memory = { ...rest, items: [...items, ...more] };
  await writeMemory(path, memory);
});

it('what was written is read, entry by entry', async () => {
  expect(await readMemory(path)).toEqual(JSON.parse(JSON.stringify(memory)));
});

it('no line holds more than one item or user', async () => {
  const lines = gunzipSync(await readFile(path))
    .toString('utf8')
    .trimEnd()
    .split('\n');
  const { items, userFields, itemStates, users, open, closed } = memory;
  const entries = [items, userFields, itemStates, users, open, closed].flat().length;
  expect(Math.min(open.length, closed.length)).toBeGreaterThan(0);
  expect(lines).toHaveLength(1 + entries);
});

it('a memory that is cut off, empty or none is refused', async () => {
  const whole = await readFile(path);
  const lines = gunzipSync(whole);
  for (const [bytes, message] of [
    [whole.subarray(0, whole.length / 2), /unexpected end of file/],
    [gzipSync(lines.subarray(0, -5)), /within a line/],
    [gzipSync(''), /empty/],
    [gzipSync('{}\n["nothing",1]\n'), /./],
  ] as const) {
    await writeFile(`${path}.damaged`, bytes);
    await expect(readMemory(`${path}.damaged`)).rejects.toThrow(message);
  }
});
