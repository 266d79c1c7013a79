import { mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { clicked, plainMemory, shown } from '../../test/memory-events.ts';
import type { Memory } from './memory.ts';
import { segmentsInFolder } from './segments-in-folder.ts';

function busy(memory: Memory): string {
  for (let n = 0; n < 900; n++) {
    const list = shown(`r${n}`, 1e12 + n * 60_000, `u${(n * 7) % 90}`, [`i${n % 40}`, `i${40 + (n % 30)}`]);
    memory.apply(list);
    if (n % 3 === 0) memory.apply(clicked(list, `i${n % 40}`, list.time + 5));
  }
  memory.forgetUser('u3');
  return JSON.stringify(memory.snapshot());
}

it('holds what a memory holds of its users, and little that is out of date; what another left there is gone', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'users-'));
  await writeFile(join(folder, '999.users'), 'x');
  await writeFile(join(folder, 'another file'), 'x');
  const memory = plainMemory({ storage: { hotUsers: 16, segments: segmentsInFolder(folder, 4000) } });
  const capture = memory.capture();
  capture.release();
  expect(busy(memory)).toBe(busy(plainMemory()));
  const files = await readdir(folder);
  expect(files).not.toContain('999.users');
  expect(files).toContain('another file');
  expect(files.length).toBeGreaterThan(2);
  expect(files.length).toBeLessThan(20);
});
