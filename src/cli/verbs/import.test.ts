import { mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ended } from '../../../test/command-ending.ts';

it('refuses a CSV file at once with a command that reads it, and leaves nothing behind', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'import-'));
  const log = join(folder, 'salons.csv');
  const rows = ['s1,u1,2025-03-01 10:22:33,a,1,0', 's1,u1,2025-03-01 10:22:33,b,2,1', 's2,,2025-03-01T10:25:00Z,a,1,0'];
  await writeFile(log, ['search_id,user,shown_at,salon,pos,clicked', ...rows].join('\n'));
  const refused = await ended(`import ${log} --out ${folder}/data`);
  expect(refused.code).toBe(1);
  expect(await readdir(folder)).toEqual(['salons.csv']);

  const bare = await ended(`import ${log}`);
  expect([bare.code, bare.said]).toEqual([1, refused.said]);

  const validated = await ended(`validate ${log} --rejected ${folder}/rejected.jsonl`);
  expect([validated.code, validated.said]).toEqual([1, refused.said]);
  expect(await readdir(folder)).toEqual(['salons.csv']);

  const [, proposed] = /slatewise (import .*)\n/.exec(refused.said) ?? [];
  const { code, printed } = await ended(proposed.replace('--out data/salons', `--out ${folder}/data`));
  expect(code).toBe(0);
  expect(printed).toContain('2 lists of up to 2 items, 3 shown items, 1 clicks');
  expect(await readdir(folder)).toEqual(['data', 'salons.csv']);
});

it('tells which share of the shown items has a field, however often items are described, and in which zone times are', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'import-'));
  const time = Date.UTC(2025, 2, 1, 10, 22);
  const item = (id: string, fields: readonly object[]): object => ({
    event: 'item',
    item: id,
    timestamp: time,
    fields,
  });
  const price = { name: 'price', value: 3 };
  const events = [
    item('a', [price]),
    // Events that tell no price, of an item that has one, and of one that is never shown.
    ...Array.from({ length: 8 }, () => item('a', [{ name: 'stock', value: 1 }])),
    item('hidden', [{ name: 'stock', value: 1 }]),
    { event: 'ranking', id: 'r', timestamp: time, user: 'u', items: [{ id: 'a' }, { id: 'b' }] },
  ];
  await writeFile(join(folder, 'log.jsonl'), events.map((event) => JSON.stringify(event)).join('\n'));
  const { printed } = await ended(`import ${folder}/log.jsonl --out ${folder}/data`);
  expect(printed).toMatch(/item\.price .* 50\.0 % /);
  expect(printed).toContain('from 2025-03-01 10:22 to 2025-03-01 10:22 UTC;');
  expect(printed).toContain('Present: share of the items and users of lists,');
});

it('asks for a folder where a log needs none to be looked at', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'import-'));
  const ranking = { event: 'ranking', id: 'r', timestamp: Date.UTC(2025, 2, 1), user: 'u', items: [{ id: 'a' }] };
  await writeFile(join(folder, 'log.jsonl'), JSON.stringify(ranking));
  const { code, said } = await ended(`import ${folder}/log.jsonl`);
  expect(code).toBe(2);
  expect(said).toContain('--out: expected a folder for the data set, found none; give --out <folder>');
  expect(await readdir(folder)).toEqual(['log.jsonl']);
});
