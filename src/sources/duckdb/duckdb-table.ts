/** A table that DuckDB reads: Parquet files, a table of its own files, or any query that it can run. */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { InputError } from '../../slate/input-error.ts';
import type { OpenTable, Table, TableColumn, TableReading, TableRow } from '../tables/table.ts';
import { watchFiles } from '../unchanged-files.ts';
import { isNumberColumn, isTimeColumn, selectedCell } from './duckdb-cells.ts';
import { loadDuckDb } from './load-duckdb.ts';

/** What DuckDB reads. Paths in a query are looked for in `folder` too. */
export type DuckDbPlace =
  | { readonly files: string }
  | { readonly query: string; readonly folder?: string | undefined; readonly database?: string | undefined }
  | { readonly database: string; readonly table: string };

export interface DuckDbTableOptions {
  /** Threads of DuckDB; both cores of a small machine unless told otherwise. */
  readonly threads?: number;
}

/** Columns of a file's rows that stand for their place. */
const PLACE = { file: 'slatewise_file', row: 'slatewise_row' };

export function duckDbTable(place: DuckDbPlace, name: string, { threads = 2 }: DuckDbTableOptions = {}): Table {
  return {
    name,
    async open(): Promise<OpenTable> {
      const connection = await connect(place, name, threads);
      try {
        const files = 'files' in place ? await filesOf(connection, place.files, name) : [];
        const from = relationOf(place);
        const described = await asked(place, name, () => connection.runAndReadAll(`DESCRIBE SELECT * FROM ${from}`));
        const columns = described
          .getRows()
          .map(([column, type]): TableColumn => ({ name: String(column), type: String(type) }))
          .filter((column) => !Object.values(PLACE).includes(column.name));
        return {
          columns,
          rows: (reading) => rowsOf({ connection, place, name, columns, files, from }, reading),
          close: async () => connection.closeSync(),
        };
      } catch (error) {
        connection.closeSync();
        throw error;
      }
    },
  };
}

interface Opened {
  readonly connection: DuckDBConnection;
  readonly place: DuckDbPlace;
  readonly name: string;
  readonly columns: readonly TableColumn[];
  readonly files: readonly string[];
  readonly from: string;
}

async function connect(place: DuckDbPlace, name: string, threads: number): Promise<DuckDBConnection> {
  const { DuckDBInstance } = await loadDuckDb(name);
  const database = databaseOf(place) ?? ':memory:';
  return asked(place, name, async () => {
    const instance = await DuckDBInstance.create(database, {
      threads: String(threads),
      // What is not in the package would be fetched from the network, unasked.
      autoinstall_known_extensions: 'false',
      temp_directory: join(tmpdir(), `slatewise-duckdb-${process.pid}`),
      ...(databaseOf(place) !== undefined ? { access_mode: 'READ_ONLY' } : {}),
    });
    const connection = await instance.connect();
    // Times without a zone are UTC, whatever the machine's.
    await connection.run(`SET TimeZone = 'UTC'`).catch(() => undefined);
    if ('query' in place && place.folder !== undefined)
      await connection.run(`SET file_search_path = ${quotedText(place.folder)}`);
    return connection;
  });
}

const databaseOf = (place: DuckDbPlace): string | undefined => ('database' in place ? place.database : undefined);

function relationOf(place: DuckDbPlace): string {
  if ('query' in place) return `(${place.query.trim().replace(/;$/, '')}) AS rows`;
  if ('table' in place) return place.table.split('.').map(quotedName).join('.');
  const { file, row } = PLACE;
  return `(SELECT * RENAME (filename AS ${file}, file_row_number AS ${row}) FROM read_parquet(${quotedText(place.files)}, filename = true, file_row_number = true, hive_partitioning = true, union_by_name = true)) AS rows`;
}

async function filesOf(connection: DuckDBConnection, pattern: string, name: string): Promise<readonly string[]> {
  const found = await connection.runAndReadAll(`SELECT file FROM glob(${quotedText(pattern)}) ORDER BY file`);
  const files = found.getRows().map(([file]) => String(file));
  if (files.length > 0) return files;
  throw new InputError(`${name}: expected Parquet files, found none; check the path`, 'file-not-found');
}

async function* rowsOf(
  { connection, place, name, columns, files, from }: Opened,
  { without, order, since }: TableReading,
): AsyncGenerator<TableRow> {
  const cells = columns.map((column) => (without.has(column.name) ? undefined : cellOf(column, name)));
  const selected = columns.map((column, at) => cells[at]?.select(quotedName(column.name)) ?? 'NULL');
  const isPlaced = 'files' in place;
  const places = isPlaced ? [PLACE.file, PLACE.row] : [];
  const sorted = order.length === 0 ? '' : ` ORDER BY ${[...order.map(quotedName), ...places].join(', ')}`;
  const sql = `SELECT ${[...selected, ...places].join(', ')} FROM ${from}${whereOf(since, columns)}${sorted}`;
  const database = databaseOf(place);
  const watched = await watchFiles(database === undefined ? files : [database]);
  let line = 0;
  const result = await asked(place, name, () => connection.stream(sql));
  for (;;) {
    const chunk = await asked(place, name, () => result.fetchChunk(), line);
    if (!chunk || chunk.rowCount === 0) break;
    const values = chunk.getColumns();
    for (let row = 0; row < chunk.rowCount; row++) {
      line++;
      yield {
        line,
        cells: cells.map((cell, at) => cell?.read(values[at][row]) ?? null),
        ...(isPlaced
          ? { place: { file: String(values[cells.length][row]), row: Number(values[cells.length + 1][row]) + 1 } }
          : {}),
      };
    }
  }
  await watched.check();
}

function cellOf(column: TableColumn, name: string): NonNullable<ReturnType<typeof selectedCell>> {
  const cell = selectedCell(column);
  if (cell) return cell;
  throw new InputError(
    `${name}: column ${column.name}: expected numbers, texts, booleans, times, or lists of numbers or texts, found ${column.type}; name it in ignored, or choose what is needed of it in a query`,
    'bad-value',
  );
}

/** A column of texts is not compared: how it writes times is not known. */
function whereOf(since: TableReading['since'], columns: readonly TableColumn[]): string {
  const type = columns.find(({ name }) => name === since?.column)?.type;
  if (since === undefined || type === undefined) return '';
  const column = quotedName(since.column);
  if (isTimeColumn(type)) return ` WHERE ${column} >= make_timestamp(${BigInt(since.time) * 1000n})`;
  return isNumberColumn(type) ? ` WHERE ${column} >= ${since.time}` : '';
}

/** What DuckDB says goes into one sentence. */
async function asked<T>(place: DuckDbPlace, name: string, ask: () => Promise<T>, line = 0): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    const [told] = (error as Error).message.split('\n');
    const after = line > 0 ? ` after row ${line}` : '';
    const [expected, remedy] =
      'files' in place
        ? ['Parquet files that can be read to their end', 'write the file that it names again']
        : 'table' in place
          ? ['a table of a DuckDB file', 'check its name, and that no other process writes the file']
          : ['a query that DuckDB can run', 'mend it'];
    throw new InputError(
      `${name}: expected ${expected}, found${after} ${told}; ${remedy}`,
      'files' in place ? 'file-damaged' : 'invalid-option',
      { cause: error },
    );
  }
}

const quotedName = (name: string): string => `"${name.replaceAll('"', '""')}"`;
const quotedText = (text: string): string => `'${text.replaceAll("'", "''")}'`;
