import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { clicked, MINUTE, plainMemory, shown } from '../../test/memory-events.ts';
import type { Memory } from '../memory/memory.ts';
import { createRng } from '../random/rng.ts';
import { readMemory, writeMemory } from './memory-file.ts';
import { isInMemoryFile, writeMemoryWithout } from './memory-file-without.ts';

const START = 1e12;
/** Quotes, a line's end and letters of several bytes. */
const WHO = 'i1 "é\n品"';

/** Of everything something: fields, clicks, open and closed lists, the times at which users were met; and an item that is called as the person. */
function busy(): Memory {
  const memory = plainMemory({ limits: { users: 1000, userAge: 1e12 } });
  const rng = createRng('forget in a file');
  memory.apply({ event: 'user', user: WHO, time: START, fields: { age: 7 } });
  for (let n = 0; n < 400; n++) {
    const list = shown(`r${n}`, START + n * MINUTE, n % 5 === 0 ? WHO : `u${n % 40}`, [WHO, `i${9 + rng.integer(9)}`]);
    memory.apply(list);
    if (n % 3 !== 0) memory.apply(clicked(list, list.items[n % 2].id, list.time + 1));
  }
  return memory;
}

it('leaves in a file what forgetting leaves in a memory', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'without-'));
  const [before, after] = [join(folder, 'before'), join(folder, 'after')];
  const memory = busy();
  await writeMemory(before, memory.snapshot());
  expect(await isInMemoryFile(before, WHO)).toBe(true);
  await writeMemoryWithout(before, after, WHO);
  memory.forgetUser(WHO);
  expect(await readMemory(after)).toEqual(JSON.parse(JSON.stringify(memory.snapshot())));
  // Its items and lists are there still.
  expect(await isInMemoryFile(after, WHO)).toBe(false);
  expect(await isInMemoryFile(before, 'nobody')).toBe(false);
  await writeMemoryWithout(after, before, WHO);
  expect(await readMemory(before)).toEqual(await readMemory(after));
});
