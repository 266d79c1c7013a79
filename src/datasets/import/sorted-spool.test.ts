import { mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createSortedSpool } from './sorted-spool.ts';

it.each([2, 3, 7, 100])('sorts by time, then by line, in runs of %d', async (run) => {
  const folder = await mkdtemp(join(tmpdir(), 'spool-'));
  const spool = createSortedSpool<{ time: number; line: number; text: string }>(folder, 'records', run);
  // A line separator of Unicode is no end of a line.
  const records = Array.from({ length: 20 }, (_, line) => ({ time: (line * 7) % 5, line, text: 'one\u2028two\u0085' }));
  for (const record of records) await spool.add(record);
  expect(await readdir(folder)).toHaveLength(Math.floor(20 / run));
  const sorted: unknown[] = [];
  for await (const record of spool.drain()) sorted.push(record);
  expect(sorted).toEqual(records.toSorted((a, b) => a.time - b.time || a.line - b.line));
  expect(await readdir(folder)).toEqual([]);
});
