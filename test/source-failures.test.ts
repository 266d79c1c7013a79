/** What goes wrong while tables and logs are read: one sentence each, and nothing half-written. */
import { spawnSync } from 'node:child_process';
import { appendFile, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import pg from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { importLog } from '../src/datasets/import/import-log.ts';
import { loadDuckDb } from '../src/sources/duckdb/load-duckdb.ts';
import type { EventSource, SourceRecord } from '../src/sources/event-source.ts';
import { jsonLinesSource } from '../src/sources/json-lines/event-log.ts';
import { type ToldColumns, tableSource } from '../src/sources/open-source.ts';
import { loadPostgres } from '../src/sources/postgres/load-postgres.ts';
import { hasPostgres, startPostgres } from './postgres-server.ts';
import { runDuckDb, SHOWN_COLUMNS, shownEvents, shownRows, sqlOf, writeCsv, writeJsonLines } from './shown-tables.ts';

const rows = shownRows(60);
let folder = '';
let parquet = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'failures-'));
  parquet = join(folder, 'shown.parquet');
  await runDuckDb(sqlOf('t', rows), `COPY t TO '${parquet}' (FORMAT parquet)`);
});

/** The sentence of an import that fails, and what it left. */
async function failed(source: EventSource | Promise<EventSource>): Promise<string> {
  const out = join(folder, 'out', 'data');
  const message = await Promise.resolve(source)
    .then((opened) => importLog(opened, out))
    .then(
      () => 'nothing failed',
      (error: Error) => {
        expect(error.name, error.stack).toBe('InputError');
        return error.message;
      },
    );
  expect(await readdir(join(folder, 'out')).catch(() => [])).toEqual([]);
  expect(message).not.toContain('\n');
  return message.replaceAll(`${folder}/`, '');
}

const of = (place: string, told: ToldColumns): Promise<EventSource> => tableSource(place, told);

describe('tables of files', () => {
  it('columns that are not there, or cannot be fields', async () => {
    expect(await failed(of(parquet, { columns: { ...SHOWN_COLUMNS, item: 'itm' } }))).toBe(
      'shown.parquet: column of item: expected one of list, user, time, query, item, position, price, fresh, tags, clicked_at, found "itm"; did you mean "item"?',
    );
    expect(await failed(of(parquet, { columns: { ...SHOWN_COLUMNS, listFields: ['qury'] } }))).toMatch(
      /listFields: expected one of .* did you mean "query"/,
    );
    const query = `SELECT *, {'a': 1} AS nested FROM 'shown.parquet'`;
    const told = { columns: { from: query, ...SHOWN_COLUMNS } };
    expect(await failed(of(folder, told))).toMatch(
      /column nested: expected numbers, texts.*found STRUCT.*name it in ignored, or choose/,
    );
    expect(await failed(of(parquet, {}))).toMatch(/expected columns or tables in the settings.*--guess$/);
    const both = { columns: SHOWN_COLUMNS, tables: { lists: SHOWN_COLUMNS } };
    expect(await failed(of(parquet, both))).toMatch(/found both; leave one out$/);
    const nameless = { tables: { lists: { from: 'shown', ...SHOWN_COLUMNS }, items: { id: 'item', time: 'time' } } };
    expect(await failed(of(folder, nameless))).toMatch(
      /expected "from" in the settings' tables\.items, .*found none; add it, such as "from": "items"$/,
    );
    expect(await failed(of(parquet, { columns: { ...SHOWN_COLUMNS, clicked: 'fresh' } }))).toMatch(
      /one of clickTime, found both/,
    );
  });

  it('files that are not there, are none, or end in the middle', async () => {
    const told = { columns: SHOWN_COLUMNS };
    expect(await failed(of(join(folder, 'none.parquet'), told))).toMatch(
      /expected a table, found no such file; check the path$/,
    );
    expect(await failed(of(join(folder, 'no-*.parquet'), told))).toMatch(
      /expected Parquet files, found none; check the path$/,
    );
    const broken = join(folder, 'broken.parquet');
    await writeFile(broken, 'PAR1 and no more than this');
    expect(await failed(of(broken, told))).toMatch(
      /^broken.parquet: expected Parquet files that can be read to their end, found .*; write the file that it names again$/,
    );
    await writeFile(join(folder, 'bad.sql'), 'SELECT lst FROM nowhere');
    expect(await failed(of(join(folder, 'bad.sql'), told))).toMatch(
      /^bad.sql: expected a query that DuckDB can run, found .*nowhere.*; mend it$/,
    );
    await rm(broken);
  });

  it('packages that are not installed', async () => {
    const missing = (): Promise<never> =>
      Promise.reject(Object.assign(new Error('none'), { code: 'ERR_MODULE_NOT_FOUND' }));
    await expect(loadDuckDb('a.parquet', missing)).rejects.toThrow(
      'a.parquet: expected the package @duckdb/node-api, which reads Parquet and runs SQL, found none; run npm install @duckdb/node-api@1.5',
    );
    await expect(loadPostgres('postgres://db/shop', missing)).rejects.toThrow('found none; run npm install pg@8');
  });
});

it('keeps rows that cannot be read with their file and row, and goes on', async () => {
  const days = join(folder, 'days');
  await mkdir(days);
  const table = sqlOf('t', rows);
  const [, second] = [...new Set(rows.map(({ list }) => list))];
  await runDuckDb(
    table,
    `COPY t TO '${days}/1.parquet' (FORMAT parquet)`,
    `UPDATE t SET position = CASE WHEN list = '${second}' THEN NULL ELSE position END, list = list || ' again', time = time + INTERVAL 1 DAY, clicked_at = NULL`,
    `COPY t TO '${days}/2.parquet' (FORMAT parquet)`,
  );
  const records: SourceRecord[] = [];
  for await (const record of (await of(days, { columns: SHOWN_COLUMNS })).records()) records.push(record);
  const bad = records.filter((record) => 'reason' in record);
  const row = 1 + rows.findIndex(({ list }) => list === second);
  expect(bad).toMatchObject([
    {
      line: rows.length + row,
      place: { file: `${days}/2.parquet`, row },
      reason: 'bad-value',
      message: `expected a whole number as the position, found "" in row ${row} of ${days}/2.parquet`,
    },
  ]);
  const { rejected, lists } = await importLog(await of(days, { columns: SHOWN_COLUMNS }), join(folder, 'kept'));
  expect([rejected, lists]).toEqual([1, 119]);
});

describe('a file that changes while it is read', () => {
  /** Does something once the first record has come. */
  const meanwhile = (source: EventSource, act: () => Promise<void>): EventSource => ({
    name: source.name,
    async *records(options) {
      let isFirst = true;
      for await (const record of source.records(options)) {
        if (isFirst) await act();
        isFirst = false;
        yield record;
      }
    },
  });

  it('is refused: written to, replaced, or gone', async () => {
    const log = await writeJsonLines(join(folder, 'log.jsonl'), shownEvents(rows));
    const csv = await writeCsv(join(folder, 'shown.csv'), rows);
    const grow = (path: string) => () => appendFile(path, '\n');
    expect(await failed(meanwhile(jsonLinesSource(log), grow(log)))).toMatch(
      /^log.jsonl: expected a file that stays as it is while it is read, found \d+ bytes instead of \d+; read it again when it is complete$/,
    );
    expect(await failed(meanwhile(await of(csv, { columns: SHOWN_COLUMNS }), grow(csv)))).toMatch(
      /^shown.csv: expected a file that stays/,
    );
    const copy = join(folder, 'copy.parquet');
    await runDuckDb(sqlOf('t', rows), `COPY t TO '${copy}' (FORMAT parquet)`);
    const replace = async (): Promise<void> => {
      await runDuckDb(sqlOf('t', rows), `COPY t TO '${copy}.new' (FORMAT parquet)`);
      await rename(`${copy}.new`, copy);
    };
    expect(await failed(meanwhile(await of(copy, { columns: SHOWN_COLUMNS }), replace))).toMatch(
      /found another file in its place/,
    );
    expect(await failed(meanwhile(await of(copy, { columns: SHOWN_COLUMNS }), () => rm(copy)))).toMatch(
      /found it gone/,
    );
  });
});

it.runIf(process.platform === 'linux')('a disk that is full: one sentence, and nothing half-written', async () => {
  const log = await writeJsonLines(join(folder, 'large.jsonl'), shownEvents(shownRows(2000)));
  const main = resolve(import.meta.dirname, '../src/cli/main.ts');
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx/esm')).href;
  const full = join(folder, 'full');
  await mkdir(full);
  // A limit on the size of files fails where a full disk does.
  const command = `trap '' XFSZ; ulimit -f 64; exec "$0" --import ${tsx} ${main} import ${log} --out ${full}/data`;
  const { stderr, status } = spawnSync('sh', ['-c', command, process.execPath], { encoding: 'utf8', cwd: full });
  expect(stderr).toMatch(
    /error: .*expected room for the file, found a limit on its size \(EFBIG\); raise the limit and start again/,
  );
  expect(status).toBe(1);
  expect(await readdir(full)).toEqual([]);
});

describe.runIf(await hasPostgres())('PostgreSQL', () => {
  it('that is away, knows no such table, or is cut in the middle', async () => {
    const server = await startPostgres();
    const told = (from: string): ToldColumns => ({ columns: { from, ...SHOWN_COLUMNS } });
    try {
      const client = new pg.Client(server.url);
      await client.connect();
      await client.query(sqlOf('shown', shownRows(3000)));
      await client.end();
      expect(await failed(of(server.url, told('nowhere')))).toMatch(
        /^postgres:\/\/127.0.0.1:\d+\/postgres \(nowhere\): expected a table or a query that the server can read, found relation "nowhere" does not exist; mend it$/,
      );
      const { position: _, ...withoutPosition } = SHOWN_COLUMNS;
      expect(await failed(of(server.url, { columns: { from: 'shown', ...withoutPosition } }))).toMatch(
        /expected a column of position, since a table of a database has no order/,
      );
      const cut = await of(server.url, told('shown'));
      const source: EventSource = {
        name: cut.name,
        async *records(options) {
          let count = 0;
          for await (const record of cut.records(options)) {
            if (++count === 1000) await server.end();
            yield record;
          }
        },
      };
      expect(await failed(source)).toMatch(
        /expected rows to the last one, found the connection cut after row \d+; nothing was written: run the command again when the server answers$/,
      );
    } finally {
      await server.end();
    }
    const away = server.url.replace('slatewise@', 'slatewise:secret@');
    const sentence = await failed(of(away, told('shown')));
    expect(sentence).toMatch(
      /expected a server that answers, found .*; start it, or check address, user and password$/,
    );
    expect(sentence).not.toContain('secret');
  });
});
