/** A table read as columns becomes the data set that its rows become, whatever is in it. */
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { DATASET_FILES } from '../src/datasets/folder/write-dataset.ts';
import { appendLog } from '../src/datasets/import/append-log.ts';
import { importLog } from '../src/datasets/import/import-log.ts';
import { blocksOf } from '../src/sources/blocks/event-block.ts';
import type { EventSource } from '../src/sources/event-source.ts';
import { tableSource } from '../src/sources/open-source.ts';
import type { ShownColumns } from '../src/sources/tables/table-columns.ts';
import { runDuckDb } from './shown-tables.ts';

let folder = '';
let count = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'blocks-'));
});

/** Every file but the state, whose sets may be in another order. */
async function contentsOf(data: string): Promise<Readonly<Record<string, string>>> {
  const names = [...DATASET_FILES, 'rejected.jsonl'];
  const texts = await Promise.all(names.map(async (name) => [name, await readFile(join(data, name), 'latin1')]));
  return Object.fromEntries(texts);
}

const newFolder = (): string => join(folder, `data-${count++}`);

/** The same source without its blocks. */
const byRows = (source: EventSource): EventSource => ({ ...source });

/** A table of 5,000 lists, in which `changes` (SQL of some columns) puts what is not plain. */
async function table(changes = ''): Promise<string> {
  const path = join(folder, `rows-${count++}.parquet`);
  const shown = `
    SELECT 'list ' || (n // 5) AS list, 'u' || (n // 5 * 7 % 90) AS "user", make_timestamp(1740824553000000 + n // 5 * 40000000) AS time,
      CASE WHEN n % 3 = 0 THEN 'item ' || (n * 13 % 100) ELSE 'an item with a long name ' || (n * 13 % 100) END AS item,
      n % 5 AS position, n * 7919 % 11 = 0 AS clicked,
      CASE WHEN n * 31 % 9 = 0 THEN make_timestamp(1740824553000000 + n // 5 * 40000000 + n % 50 * 1000000) END AS clicked_at,
      CASE WHEN n % 4 > 0 THEN n * 17 % 300 / 4 END AS price, n % 7 < 3 AS fresh, CASE WHEN n % 6 > 0 THEN 'größe ' || n % 9 END AS size,
      'query ' || (n // 5 % 8) AS query, n::BIGINT AS number
    FROM range(25000) rows(n)`;
  await runDuckDb(`COPY (SELECT * ${changes} FROM (${shown}) ORDER BY number) TO '${path}' (FORMAT parquet)`);
  return path;
}

const PLAIN: ShownColumns = {
  ...{ list: 'list', user: 'user', time: 'time', item: 'item', position: 'position', clickTime: 'clicked_at' },
  ...{ listFields: ['query'], ignored: ['clicked'] },
};

async function expectAlike(path: string, columns: ShownColumns): Promise<Readonly<Record<string, string>>> {
  const source = await tableSource(path, { columns });
  expect(blocksOf(source)).toBeDefined();
  const [rows, blocks] = [newFolder(), newFolder()];
  await importLog(byRows(source), rows);
  await importLog(source, blocks);
  const contents = await contentsOf(blocks);
  expect(contents).toEqual(await contentsOf(rows));
  return contents;
}

describe('a table read as columns', () => {
  it.each<readonly [string, string, ShownColumns]>([
    ['clicks with their times, and fields of every plain form', '', PLAIN],
    [
      'clicks without times, nobody, ids that are numbers',
      `REPLACE (number // 5 AS list, CASE WHEN number % 2 = 0 THEN NULL ELSE number % 90 END AS "user", number % 500 AS item)`,
      { list: 'list', user: 'user', time: 'time', item: 'item', clicked: 'clicked', ignored: ['clicked_at', 'number'] },
    ],
    ['items that stand in another order', `REPLACE (4 - position AS position)`, PLAIN],
    [
      'clicks that come late, or too early',
      `REPLACE (clicked_at + INTERVAL 1 SECOND * (number % 3000 - 100) AS clicked_at)`,
      PLAIN,
    ],
    ['items twice in a list', `REPLACE (CASE WHEN number % 50 = 1 THEN 'item 0' ELSE item END AS item)`, PLAIN],
    [
      'positions that are none',
      `REPLACE (CASE WHEN number % 51 = 1 THEN NULL WHEN number % 52 = 1 THEN -1 ELSE position END AS position)`,
      PLAIN,
    ],
    [
      'lists, items and times that are missing',
      `REPLACE (CASE WHEN number % 500 < 9 THEN NULL ELSE list END AS list, CASE WHEN number % 77 = 0 THEN '' ELSE item END AS item, CASE WHEN number % 35 = 0 THEN NULL ELSE time END AS time)`,
      PLAIN,
    ],
    ['numbers that are none', `REPLACE (CASE WHEN number % 60 = 1 THEN 'NaN'::DOUBLE ELSE price END AS price)`, PLAIN],
    [
      'propensities, some of them impossible',
      `, CASE WHEN number % 80 = 0 THEN 2 WHEN number % 3 > 0 THEN 0.25 END AS chance`,
      { ...PLAIN, propensity: 'chance' },
    ],
  ])('is the same: %s', async (_, changes, columns) => {
    const contents = await expectAlike(await table(changes), columns);
    expect(JSON.parse(contents['import.json']).lists).toBeGreaterThan(3000);
  });

  it('is the same with more clicks open than are held, where other types count, and day by day', async () => {
    const path = await table();
    const source = await tableSource(path, { columns: PLAIN });
    for (const options of [{ labelTypes: ['buy'] }, { joinWindow: 5000, openBytes: 50_000 }]) {
      const [rows, blocks] = [newFolder(), newFolder()];
      await importLog(byRows(source), rows, options);
      await importLog(source, blocks, options);
      expect(await contentsOf(blocks)).toEqual(await contentsOf(rows));
    }
    const later = await table(`REPLACE (time + INTERVAL 3 DAY AS time, clicked_at + INTERVAL 3 DAY AS clicked_at)`);
    const second = await tableSource(later, { columns: PLAIN });
    const [rows, blocks] = [newFolder(), newFolder()];
    await importLog(byRows(source), rows);
    await importLog(source, blocks);
    const [a, b] = [await appendLog(byRows(second), rows), await appendLog(second, blocks)];
    expect(b.summary).toEqual(a.summary);
    expect(await contentsOf(join(blocks, 'parts', '2'))).toEqual(await contentsOf(join(rows, 'parts', '2')));
  });

  it('refuses lists that stand apart as rows do', async () => {
    const path = await table(`REPLACE (CASE WHEN number = 24000 THEN 'list 7' ELSE list END AS list)`);
    const source = await tableSource(path, { columns: PLAIN });
    const refused = (of: EventSource): Promise<string> =>
      importLog(of, newFolder()).then(
        () => 'taken',
        (error) => error.message,
      );
    expect(await refused(source)).toMatch(/found list list 7 again in row 24001 of/);
    expect(await refused(source)).toBe(await refused(byRows(source)));
  });
});
