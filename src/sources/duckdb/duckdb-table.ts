/** A table that DuckDB reads: Parquet files, a table of its own files, or any query that it can run. */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DuckDBConnection, DuckDBDataChunk } from '@duckdb/node-api';
import { InputError } from '../../slate/input-error.ts';
import type {
  AskedColumn,
  OpenTable,
  Table,
  TableChunk,
  TableColumn,
  TableReading,
  TableRow,
} from '../tables/table.ts';
import { watchFiles } from '../unchanged-files.ts';
import { isNumberColumn, isTimeColumn, selectedCell } from './duckdb-cells.ts';
import { formOf, numberCells, selectedMemory, textCells } from './duckdb-chunks.ts';
import { duckDbMemory, loadDuckDb } from './load-duckdb.ts';
import { quotedName, quotedText } from './quoted.ts';

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
    isChunked: true,
    async open(): Promise<OpenTable> {
      const connection = await connect(place, name, threads);
      try {
        const files = 'files' in place ? await filesOf(connection, place.files, name) : [];
        const from = relationOf(place);
        const described = await ofDuckDb(place, name, () => connection.runAndReadAll(`DESCRIBE SELECT * FROM ${from}`));
        const columns = described
          .getRows()
          .map(([column, type]): TableColumn => ({ name: String(column), type: String(type) }))
          .filter((column) => !Object.values(PLACE).includes(column.name));
        return {
          columns,
          rows: (reading) => rowsOf({ connection, place, name, columns, files, from }, reading),
          chunks: {
            formOf: (column) => formOf(columns[column]),
            read: (reading, asked) => chunksOf({ connection, place, name, columns, files, from }, reading, asked),
          },
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
  return ofDuckDb(place, name, async () => {
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

/** What a reading selects: the cells of a row, then where it stands, then whatever else is asked for. */
function selection({ place, name, columns, from }: Opened, { without, order, since }: TableReading) {
  const cells = columns.map((column) => (without.has(column.name) ? undefined : cellOf(column, name)));
  const selected = columns.map((column, at) => cells[at]?.select(quotedName(column.name)) ?? 'NULL');
  const isPlaced = 'files' in place;
  const places = isPlaced ? [PLACE.file, PLACE.row] : [];
  const sorted = order.length === 0 ? '' : ` ORDER BY ${[...order.map(quotedName), ...places].join(', ')}`;
  return {
    cells,
    /** Columns before those that are asked for beside the cells. */
    width: selected.length + places.length,
    sql: (others: readonly string[]) =>
      `SELECT ${[...selected, ...places, ...others].join(', ')} FROM ${from}${whereOf(since, columns)}${sorted}`,
    rowOf: (values: (column: number) => unknown, line: number): TableRow => ({
      line,
      cells: cells.map((cell, at) => cell?.read(values(at)) ?? null),
      ...(isPlaced ? { place: { file: String(values(cells.length)), row: Number(values(cells.length + 1)) + 1 } } : {}),
    }),
  };
}

async function* rowsOf(opened: Opened, reading: TableReading): AsyncGenerator<TableRow> {
  const { sql, rowOf } = selection(opened, reading);
  for await (const { chunk, line } of streamed(opened, sql([]))) {
    const values = chunk.getColumns();
    for (let row = 0; row < chunk.rowCount; row++) yield rowOf((column) => values[column][row], line + row);
  }
}

async function* chunksOf(
  opened: Opened,
  reading: TableReading,
  asked: readonly AskedColumn[],
): AsyncGenerator<TableChunk> {
  const { sql, width, cells, rowOf } = selection(opened, reading);
  const selected: string[] = [];
  /** Where what is asked of a column begins among the columns of a chunk. */
  const places = new Map<number, number>();
  for (const { column, as } of asked) {
    places.set(column, width + selected.length);
    selected.push(...selectedMemory(opened.columns[column], as));
  }
  const memory = duckDbMemory();
  for await (const { chunk, line } of streamed(opened, sql(selected))) {
    const value = (column: number, row: number): unknown => chunk.getColumnVector(column).getItem(row);
    yield {
      count: chunk.rowCount,
      line,
      texts: (column) => textCells(memory, chunk, places.get(column) ?? -1),
      numbers: (column) => numberCells(memory, chunk, places.get(column) ?? -1),
      cell: (column, row) => cells[column]?.read(value(column, row)) ?? null,
      row: (row) => rowOf((column) => value(column, row), line + row),
    };
  }
}

/** Chunks of what a query gives, each with the line of its first row. */
async function* streamed(
  { connection, place, name, files }: Opened,
  sql: string,
): AsyncGenerator<{ readonly chunk: DuckDBDataChunk; readonly line: number }> {
  const database = databaseOf(place);
  const watched = await watchFiles(database === undefined ? files : [database]);
  let line = 1;
  const result = await ofDuckDb(place, name, () => connection.stream(sql));
  for (;;) {
    const chunk = await ofDuckDb(place, name, () => result.fetchChunk(), line - 1);
    if (!chunk || chunk.rowCount === 0) break;
    yield { chunk, line };
    line += chunk.rowCount;
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
async function ofDuckDb<T>(place: DuckDbPlace, name: string, ask: () => Promise<T>, line = 0): Promise<T> {
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
