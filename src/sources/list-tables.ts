/** Which tables lie in a place. */
import { readdir, stat } from 'node:fs/promises';
import { InputError } from '../slate/input-error.ts';
import { duckDbTable } from './duckdb/duckdb-table.ts';
import { isPostgresAddress, postgresTable } from './postgres/postgres-table.ts';
import type { Table } from './tables/table.ts';

/** The names of the tables in a database or a folder; undefined where the place is one table itself. Throws `InputError` where there is none. */
export async function listTables(place: string): Promise<readonly string[] | undefined> {
  const names = await namesIn(place);
  if (names?.length === 0)
    throw new InputError(`${place}: expected a table, found none in it; check the path`, 'file-not-found');
  return names;
}

async function namesIn(place: string): Promise<readonly string[] | undefined> {
  if (isPostgresAddress(place))
    return textsOf(
      postgresTable(
        place,
        `SELECT CASE table_schema WHEN 'public' THEN table_name ELSE table_schema || '.' || table_name END AS name
         FROM information_schema.tables WHERE table_schema NOT IN ('pg_catalog', 'information_schema') ORDER BY 1`,
      ),
    );
  if (/\.(duckdb|ddb)$/i.test(place))
    return textsOf(duckDbTable({ database: place, query: 'SELECT name FROM (SHOW TABLES)' }, place));
  if (!(await stat(place).catch(() => undefined))?.isDirectory()) return undefined;
  const entries = await readdir(place, { withFileTypes: true });
  // The files of one table, or its partitions.
  const isOneTable = entries.every(
    (entry) => /\.(parquet|pq)$/i.test(entry.name) || entry.name.includes('=') || /^[._]/.test(entry.name),
  );
  if (isOneTable && !entries.some(({ name }) => /^(impressions|lists|rankings|clicks|items|users)\./.test(name)))
    return undefined;
  return entries
    .filter((entry) => entry.isDirectory() || /\.(parquet|pq|csv|tsv)(\.gz)?$/i.test(entry.name))
    .map(({ name }) => name);
}

async function textsOf(table: Table): Promise<readonly string[]> {
  const open = await table.open();
  try {
    const names: string[] = [];
    for await (const { cells } of open.rows({ without: new Set(), order: [] })) names.push(String(cells[0]));
    return names;
  } finally {
    await open.close?.();
  }
}
