/** One log, in whatever form it lies, becomes one data set. */
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { DATASET_FILES } from '../src/datasets/folder/write-dataset.ts';
import { importLog } from '../src/datasets/import/import-log.ts';
import { type ToldColumns, tableSource } from '../src/sources/open-source.ts';
import type { KnownColumns } from '../src/sources/tables/table-columns.ts';
import { hasPostgres, startPostgres } from './postgres-server.ts';
import {
  CSV_TYPES,
  knownEvents,
  knownItems,
  knownUsers,
  runDuckDb,
  SEPARATE_TABLES,
  SHOWN_COLUMNS,
  type ShownRow,
  shownEvents,
  shownRows,
  sqlOf,
  writeCsv,
  writeJsonLines,
} from './shown-tables.ts';

const rows = shownRows(60);
const lists = rows.map(({ clicked_at: _, ...row }) => row);
const clicks = rows.flatMap(({ list, user, item, clicked_at: time }) =>
  time === null ? [] : [{ list, user, item, time }],
);
let folder = '';
let shown: Contents;
let apart: Contents;

type Contents = Readonly<Record<string, string>>;
let count = 0;

/** The bytes of the data set; of its counts all but the name of the source and how many lines it had. */
async function imported(source: Parameters<typeof importLog>[0]): Promise<Contents> {
  const out = join(folder, `data-${count++}`);
  const { source: _, lines: __, ...summary } = await importLog(source, out);
  const files = DATASET_FILES.filter((name) => name !== 'import.json');
  const bytes = await Promise.all(
    files.map(async (name) => [name, (await readFile(join(out, name))).toString('latin1')]),
  );
  return { ...Object.fromEntries(bytes), summary: JSON.stringify(summary) };
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'alike-'));
  shown = await imported(await writeJsonLines(join(folder, 'shown.jsonl'), shownEvents(rows)));
  apart = await imported(await writeJsonLines(join(folder, 'apart.jsonl'), shownEvents(rows, knownEvents())));
  expect(JSON.parse(shown.summary)).toMatchObject({ lists: 60, rejected: 0, warnings: [] });
  expect(JSON.parse(shown.summary).clicks).toBe(clicks.length);
});

const from = async (place: string, told: ToldColumns): Promise<Contents> => imported(await tableSource(place, told));

describe('a row for every shown item', () => {
  it('of CSV', async () => {
    const path = await writeCsv(join(folder, 'shown.csv'), rows);
    expect(await from(path, { columns: { ...SHOWN_COLUMNS, ...CSV_TYPES } })).toEqual(shown);
  });

  it('of Parquet: a file, partitions by day, a query, and a table of a DuckDB file', async () => {
    const path = join(folder, 'shown.parquet');
    const days = join(folder, 'days');
    await mkdir(days);
    await runDuckDb(
      sqlOf('shown', rows),
      `COPY shown TO '${path}' (FORMAT parquet)`,
      `COPY (SELECT *, (time + INTERVAL 13 HOUR)::DATE AS day FROM shown) TO '${days}' (FORMAT parquet, PARTITION_BY (day))`,
      `ATTACH '${join(folder, 'shop.duckdb')}' AS shop`,
      'CREATE TABLE shop.shown AS SELECT * FROM shown',
    );
    expect(await from(path, { columns: SHOWN_COLUMNS })).toEqual(shown);
    // The day of the partition is a column too.
    expect(await from(days, { columns: { ...SHOWN_COLUMNS, ignored: ['day'] } })).toEqual(shown);
    expect(await from(join(days, '*', '*.parquet'), { columns: { ...SHOWN_COLUMNS, ignored: ['day'] } })).toEqual(
      shown,
    );
    await writeFile(join(folder, 'shown.sql'), `SELECT * FROM 'shown.parquet' ORDER BY time, list, position;\n`);
    expect(await from(join(folder, 'shown.sql'), { columns: SHOWN_COLUMNS })).toEqual(shown);
    expect(await from(join(folder, 'shop.duckdb'), { columns: { from: 'shown', ...SHOWN_COLUMNS } })).toEqual(shown);
  });

  it('of Parquet whose rows lie anyhow, once they are sorted', async () => {
    const path = join(folder, 'mixed.parquet');
    await runDuckDb(sqlOf('shown', rows), `COPY (FROM shown ORDER BY hash(list, item)) TO '${path}' (FORMAT parquet)`);
    await expect(from(path, { columns: SHOWN_COLUMNS })).rejects.toThrow(
      /expected the rows of a list one after the other.*set sort/,
    );
    expect(await from(path, { columns: { ...SHOWN_COLUMNS, sort: true } })).toEqual(shown);
  });
});

describe('items, users, lists and clicks apart', () => {
  const tables: Readonly<Record<string, readonly object[]>> = { lists, clicks, items: knownItems, users: knownUsers };

  it('of CSV', async () => {
    const place = join(folder, 'csv');
    await mkdir(place);
    for (const [name, table] of Object.entries(tables)) await writeCsv(join(place, `${name}.csv`), table);
    const items: KnownColumns = { ...SEPARATE_TABLES.items, types: { stock: 'number' } };
    const users: KnownColumns = { ...SEPARATE_TABLES.users, types: { age: 'number' } };
    const told = { ...SEPARATE_TABLES, items, users, lists: { ...SEPARATE_TABLES.lists, ...CSV_TYPES } };
    expect(await from(place, { tables: told })).toEqual(apart);
  });

  it('of Parquet', async () => {
    const place = join(folder, 'parquet');
    await mkdir(place);
    for (const [name, table] of Object.entries(tables))
      await runDuckDb(sqlOf('t', table), `COPY t TO '${join(place, `${name}.parquet`)}' (FORMAT parquet)`);
    expect(await from(place, { tables: SEPARATE_TABLES })).toEqual(apart);
  });
});

describe.runIf(await hasPostgres())('PostgreSQL', () => {
  it('one table, a query, and tables apart', async () => {
    const server = await startPostgres();
    try {
      const client = new pg.Client(server.url);
      await client.connect();
      const shuffled: readonly ShownRow[] = [...rows].sort((a, b) => (a.item < b.item ? -1 : 1));
      for (const [name, table] of Object.entries({
        shown: shuffled,
        lists,
        clicks,
        items: knownItems,
        users: knownUsers,
      }))
        await client.query(sqlOf(name, table));
      await client.end();
      expect(await from(server.url, { columns: { from: 'shown', ...SHOWN_COLUMNS } })).toEqual(shown);
      const query = 'SELECT * FROM public.shown ORDER BY "time", position';
      expect(await from(server.url, { columns: { from: query, ...SHOWN_COLUMNS } })).toEqual(shown);
      expect(await from(server.url, { tables: SEPARATE_TABLES })).toEqual(apart);
    } finally {
      await server.end();
    }
  });
});
