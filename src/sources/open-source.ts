/** From what a user names to a source of events: a file, a folder, a database, a query; with the columns that a config tells. */
import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join } from 'node:path';
import { type AskedPath, refuseNoPath } from '../files/output-folder.ts';
import { checkOptions } from '../slate/check-options.ts';
import { InputError } from '../slate/input-error.ts';
import { strictObject } from '../slate/strict-schema.ts';
import { csvTable } from './csv/csv-table.ts';
import { duckDbTable } from './duckdb/duckdb-table.ts';
import type { EventSource } from './event-source.ts';
import { isPostgresAddress, postgresTable, toldAddress } from './postgres/postgres-table.ts';
import { separateTablesSource } from './tables/separate-tables.ts';
import { shownRowsSource } from './tables/shown-rows.ts';
import type { Table } from './tables/table.ts';
import {
  type SeparateTables,
  type ShownColumns,
  separateTablesSchema,
  shownColumnsSchema,
} from './tables/table-columns.ts';

/** What a config says of the tables that are imported. */
export interface ToldColumns {
  readonly columns?: ShownColumns | undefined;
  readonly tables?: SeparateTables | undefined;
}

const isPattern = (place: string): boolean => /[*?[]/.test(place);
const isParquet = (place: string): boolean => /\.(parquet|pq)$/i.test(place);
const isCsv = (place: string): boolean => /\.(csv|tsv|txt)(\.gz)?$/i.test(place);
const isQueryFile = (place: string): boolean => /\.sql$/i.test(place);
const isDatabaseFile = (place: string): boolean => /\.(duckdb|ddb)$/i.test(place);
const isQuery = (from: string): boolean => /^\s*(select|with|from|values|table)\s/i.test(from);

/** Whether what is named holds tables, and no log of events: then somebody must tell its columns. Of a CSV file this is so where they are told. */
export async function holdsTables(place: string, { columns, tables }: ToldColumns = {}): Promise<boolean> {
  if (isPostgresAddress(place) || isParquet(place) || isPattern(place) || isQueryFile(place) || isDatabaseFile(place))
    return true;
  if (isCsv(place)) return columns !== undefined || tables !== undefined;
  return (await stat(place).catch(() => undefined))?.isDirectory() === true;
}

const PLACE: AskedPath = {
  place: 'the tables',
  remedy: 'name a file, a folder, or the address of a database',
  code: 'file-not-found',
};
const toldSchema = strictObject({ columns: shownColumnsSchema.optional(), tables: separateTablesSchema.optional() });

/** The source that a config's columns make of a place. Throws `InputError` where they do not fit together. */
export async function tableSource(place: string, told: ToldColumns): Promise<EventSource> {
  refuseNoPath(place, PLACE);
  checkOptions(toldSchema, told, 'tableSource');
  const { columns, tables } = told;
  if (columns !== undefined && tables !== undefined)
    throw new InputError(
      'the settings: expected columns (a row for every shown item) or tables (lists and clicks apart), found both; leave one out',
      'invalid-config',
    );
  if (tables !== undefined) {
    const { lists, clicks, items, users } = tables;
    refuseNameless(place, tables);
    const open = async (from: { readonly from?: string | undefined } | undefined): Promise<Table | undefined> =>
      from && openTable(place, from.from);
    const opened = {
      lists: await openTable(place, lists.from),
      ...present('clicks', await open(clicks)),
      ...present('items', await open(items)),
      ...present('users', await open(users)),
    };
    return separateTablesSource(nameOf(place), opened, tables);
  }
  if (columns !== undefined) return shownRowsSource(await openTable(place, columns.from), columns);
  throw new InputError(
    `${nameOf(place)}: expected columns or tables in the settings, which say what its columns hold, found neither; propose them with npx slatewise import ${nameOf(place)} --guess`,
    'invalid-option',
  );
}

/** A folder is a table too, of all the Parquet in it: it would be read as the lists, and again as the clicks. Throws `InputError`. */
function refuseNameless(place: string, tables: SeparateTables): void {
  const told = Object.entries(tables).filter(([, table]) => table !== undefined);
  const nameless = told.find(([, { from }]) => from === undefined);
  if (told.length > 1 && nameless)
    throw new InputError(
      `${nameOf(place)}: expected "from" in the settings' tables.${nameless[0]}, which names its table or a query, found none; add it, such as "from": "${nameless[0]}"`,
      'invalid-config',
    );
}

const present = <K extends string>(key: K, table: Table | undefined): { readonly [name in K]?: Table } =>
  (table === undefined ? {} : { [key]: table }) as { readonly [name in K]?: Table };

const nameOf = (place: string): string => (isPostgresAddress(place) ? toldAddress(place) : place);

/** A table in a place: `from` names it there, where the place is not itself one. Throws `InputError` where none is named. */
export async function openTable(place: string, from: string | undefined): Promise<Table> {
  if (isPostgresAddress(place)) return postgresTable(place, from ?? missing(place, 'a table or a query'));
  if (isDatabaseFile(place)) {
    const named = from ?? missing(place, 'a table or a query');
    return isQuery(named)
      ? duckDbTable({ query: named, database: place }, `${place} (query)`)
      : duckDbTable({ database: place, table: named }, `${place} (${named})`);
  }
  if (isQueryFile(place)) return queryOf(place);
  const isFolder = (await stat(place).catch(() => undefined))?.isDirectory() === true;
  if (from !== undefined && isQuery(from))
    return duckDbTable({ query: from, folder: isFolder ? place : dirname(place) }, `${place} (query)`);
  return fileTable(
    from === undefined ? place : isAbsolute(from) ? from : join(isFolder ? place : dirname(place), from),
  );
}

async function fileTable(path: string): Promise<Table> {
  if (isPattern(path)) return duckDbTable({ files: path }, path);
  if (isQueryFile(path)) return queryOf(path);
  const facts = await stat(path).catch(() => undefined);
  if (facts?.isDirectory()) return duckDbTable({ files: join(path, '**', '*.parquet') }, path);
  if (facts === undefined && path !== '-') {
    // A table that is named without its ending.
    for (const ending of ['parquet', 'csv', 'tsv', 'csv.gz', 'tsv.gz'])
      if (await stat(`${path}.${ending}`).catch(() => undefined)) return fileTable(`${path}.${ending}`);
    throw new InputError(`${path}: expected a table, found no such file; check the path`, 'file-not-found');
  }
  return isParquet(path) ? duckDbTable({ files: path }, path) : csvTable(path);
}

async function queryOf(path: string): Promise<Table> {
  const query = await readFile(path, 'utf8').catch(() => {
    throw new InputError(`${path}: expected a query, found no such file; check the path`, 'file-not-found');
  });
  return duckDbTable({ query, folder: dirname(path) }, basename(path));
}

function missing(place: string, what: string): never {
  throw new InputError(
    `${nameOf(place)}: expected "from" in the settings' columns, which names ${what}, found none; add it`,
    'invalid-option',
  );
}
