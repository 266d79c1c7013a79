import { mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createSortedSpool } from './sorted-spool.ts';

const unstopped = { signal: undefined, sizeOf: () => 1 };

it.each([2, 3, 7, 100])('sorts by time, then by line, in runs of %d', async (run) => {
  const folder = await mkdtemp(join(tmpdir(), 'spool-'));
  const spool = createSortedSpool<{ time: number; line: number; text: string }>({
    folder,
    name: 'records',
    run,
    ...unstopped,
  });
  // A line separator of Unicode is no end of a line.
  const records = Array.from({ length: 20 }, (_, line) => ({ time: (line * 7) % 5, line, text: 'one\u2028two\u0085' }));
  for (const record of records) await spool.add(record);
  expect(await readdir(folder)).toHaveLength(Math.floor(20 / run));
  const sorted: unknown[] = [];
  for await (const record of spool.drain()) sorted.push(record);
  expect(sorted).toEqual(records.toSorted((a, b) => a.time - b.time || a.line - b.line));
  expect(await readdir(folder)).toEqual([]);
});

it('stops while it writes a run', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'spool-'));
  const controller = new AbortController();
  const options = { folder, name: 'records', run: 20_000, signal: controller.signal, sizeOf: () => 1 };
  const spool = createSortedSpool<{ time: number; line: number }>(options);
  for (let line = 1; line < 20_000; line++) await spool.add({ time: 0, line });
  setImmediate(() => controller.abort(new Error('stopped')));
  await expect(spool.add({ time: 0, line: 0 })).rejects.toThrow('stopped');
});
