import { cp, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { writeManifest } from '../../files/manifest.ts';
import type { FieldUpdates } from '../../slate/fields.ts';
import { InputError } from '../../slate/input-error.ts';
import { importLog } from '../import/import-log.ts';
import { type DatasetRow, openDataset } from './dataset.ts';
import { DATASET_FILES } from './write-dataset.ts';

let home = '';
const at = (name: string): string => join(home, name);
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'dataset-'));
  await importLog(await logOf(5), at('whole'));
  await importLog(await logOf(4), at('shorter'));
});

async function logOf(lists: number): Promise<string> {
  const lines = Array.from({ length: lists }, (_, n) => [
    { event: 'item', item: `i${n}`, timestamp: 1, fields: [{ name: 'price', value: n }] },
    { event: 'user', user: `u${n}`, timestamp: 1, fields: [{ name: 'age', value: n }] },
    { event: 'ranking', id: `r${n}`, timestamp: 10 + n, user: `u${n}`, items: [{ id: `i${n}` }] },
  ]).flat();
  await writeFile(at(`${lists}.jsonl`), lines.map((line) => JSON.stringify(line)).join('\n'));
  return at(`${lists}.jsonl`);
}

/** Opens and reads a copy of the whole data set to which something was done. */
async function readAfter(harm: (folder: string) => Promise<unknown>): Promise<number> {
  const folder = await mkdtemp(at('copy-'));
  await cp(at('whole'), folder, { recursive: true });
  await harm(folder);
  let rows = 0;
  for await (const _ of (await openDataset(folder)).rows()) rows++;
  return rows;
}

describe('a data set folder', () => {
  it('is read whole', async () => {
    expect(await readAfter(async () => {})).toBe(15);
  });

  it('gives back lists of texts and of numbers as the log had them', async () => {
    const lists = [
      ['a', 'bc', ''],
      [],
      null,
      ['\u00e9', 'x', '\ud83d\ude00'],
      ['\ufeffa', '\ufeff'],
      ['plain', 'again'],
    ];
    const lines = lists.flatMap((tags, n) => [
      {
        event: 'item',
        item: `i${n}`,
        timestamp: n,
        fields: [
          { name: 'tags', value: tags },
          { name: 'at', value: [n, 0.5] },
        ],
      },
      {
        event: 'ranking',
        id: `r${n}`,
        timestamp: 10 + n,
        user: 'u',
        items: [{ id: `i${n}`, fields: [{ name: 'tags', value: tags }] }],
      },
    ]);
    await writeFile(at('lists.jsonl'), lines.map((line) => JSON.stringify(line)).join('\n'));
    await importLog(at('lists.jsonl'), at('lists'));
    const found: (readonly [unknown, unknown, unknown])[] = [];
    const ofItem: unknown[] = [];
    for await (const row of (await openDataset(at('lists'))).rows()) {
      if (row.kind === 'item') found.push([row.event.fields.tags, row.event.fields.at, undefined]);
      else if (row.kind === 'impression') ofItem.push(row.impression.ranking.items[0].fields.tags);
    }
    expect(found.map(([tags]) => tags ?? null)).toEqual(lists);
    expect(found.map(([, numbers]) => numbers)).toEqual(lists.map((_, n) => [n, 0.5]));
    expect(ofItem.map((tags) => tags ?? null)).toEqual(lists);
  });

  it('gives back fields of any name as the log had them, and the names of those that an event deletes', async () => {
    const fields = ['constructor', '__proto__', 'toString', 'time'].map((name, at) => ({
      name,
      value: ['a', 1, null, ['x']][at],
    }));
    const lines = [
      { event: 'item', item: 'i0', timestamp: 1, fields },
      { event: 'user', user: 'u0', timestamp: 2, fields: [{ name: 'age' }, { name: '__proto__', value: null }] },
      { event: 'ranking', id: 'r', timestamp: 3, user: 'u0', fields, items: [{ id: 'i0', fields }] },
    ];
    await writeFile(at('names.jsonl'), lines.map((line) => JSON.stringify(line)).join('\n'));
    await importLog(at('names.jsonl'), at('names'));
    const rows: DatasetRow[] = [];
    for await (const row of (await openDataset(at('names'))).rows()) rows.push(row);
    const [item, user, list] = rows;
    const entries = (fields: FieldUpdates): string[] =>
      Object.entries(fields)
        .map((entry) => entry.join('='))
        .sort();
    const given = ['__proto__=1', 'constructor=a', 'time=x'];
    expect(item.kind === 'item' && entries(item.event.fields)).toEqual([...given, 'toString='].sort());
    expect(user.kind === 'user' && entries(user.event.fields)).toEqual(['__proto__=', 'age=']);
    const { ranking } = (list as Extract<DatasetRow, { kind: 'impression' }>).impression;
    expect(entries(ranking.fields)).toEqual(given);
    expect(entries(ranking.items[0].fields)).toEqual(given);
  });

  const files = ['items', 'users', 'impressions', 'items-vocabulary', 'users-vocabulary'].map(
    (name) => `${name}.arrow`,
  );
  it.each(files)('without its %s is refused, not read as an empty one', async (file) => {
    const reading = readAfter((folder) => rm(join(folder, file)));
    await expect(reading).rejects.toThrow(InputError);
    await expect(reading).rejects.toThrow(`found no ${file}; import the log again`);
  });

  it.each(files.flatMap((file) => [0, 5, 0.5, 0.99].map((share) => [file, share] as const)))(
    'whose %s is cut off (%d) is refused',
    async (file, share) => {
      const reading = readAfter(async (folder) => {
        const { length } = await readFile(join(folder, file));
        await truncate(join(folder, file), share < 1 ? Math.floor(share * length) : share);
      });
      await expect(reading).rejects.toThrow(InputError);
      await expect(reading).rejects.toThrow(file);
    },
  );

  it.each(files)("with another import's %s is refused", async (file) => {
    const other = (folder: string): Promise<void> => cp(join(at('shorter'), file), join(folder, file));
    await expect(readAfter(other)).rejects.toThrow(InputError);
    await expect(readAfter(other)).rejects.toThrow(`expected the files that were written together, found ${file}`);
    // Of a large file the size alone is compared: its rows are counted too.
    const passing = readAfter(async (folder) => {
      await other(folder);
      await writeManifest(folder, DATASET_FILES);
    });
    await expect(passing).rejects.toThrow(`${file}: expected the 5 rows that were imported, found 4`);
  });

  it.each(['import.json', 'schema.json'])('whose %s is no JSON is refused', async (file) => {
    const reading = readAfter(async (folder) => {
      await writeFile(join(folder, file), '{"format": 3,');
      await writeManifest(folder, DATASET_FILES);
    });
    await expect(reading).rejects.toThrow(InputError);
    await expect(reading).rejects.toThrow(`${file}: expected the JSON of a data set`);
  });
});

it('is not looked for in the working folder where no path is given', async () => {
  for (const path of ['', ' ', undefined as never])
    await expect(openDataset(path)).rejects.toMatchObject({ code: 'dataset-missing' });
  await expect(openDataset('')).rejects.toThrow('the data set: expected a path, found ""; name its folder');
});
