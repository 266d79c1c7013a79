/** A table or a query of PostgreSQL, read through a cursor in one transaction: it sees the moment at which it began, whatever is written meanwhile. */
import type { Client, CustomTypesConfig } from 'pg';
import { InputError } from '../../slate/input-error.ts';
import type { OpenTable, Table, TableColumn, TableReading, TableRow } from '../tables/table.ts';
import { loadPostgres } from './load-postgres.ts';
import { isArray, isNumberName, isTimeName, readCell } from './postgres-cells.ts';

/** Rows that the server sends at once. */
const FETCHED = 5000;

export const isPostgresAddress = (text: string): boolean => /^postgres(ql)?:\/\//.test(text);

/** An address as it may be told: without the password. */
export function toldAddress(address: string): string {
  if (!URL.canParse(address)) return 'postgres://...';
  const { host, pathname } = new URL(address);
  return `postgres://${host}${pathname}`;
}

/** A table by its name, or a query, which keeps its own order. */
export function postgresTable(address: string, from: string): Table {
  const isQuery = /^\s*(select|with|values|table)\s/i.test(from);
  const name = isQuery ? `${toldAddress(address)} (query)` : `${toldAddress(address)} (${from})`;
  return {
    name,
    isUnordered: !isQuery,
    async open(): Promise<OpenTable> {
      const client = await connect(address, name);
      const relation = isQuery
        ? `(${from.trim().replace(/;$/, '')}) AS rows`
        : from.split('.').map(quotedName).join('.');
      try {
        await asked(name, () => client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY'));
        const columns = await columnsOf(client, relation, name);
        return {
          columns,
          rows: (reading) => rowsOf({ client, name, relation, columns }, reading),
          close: () => client.end().catch(() => undefined),
        };
      } catch (error) {
        await client.end().catch(() => undefined);
        throw error;
      }
    },
  };
}

/** All values as texts: how the client reads a time depends on the machine's zone. */
const AS_TEXT: CustomTypesConfig = { getTypeParser: () => (text: string) => text } as unknown as CustomTypesConfig;

async function connect(address: string, name: string): Promise<Client> {
  const { Client } = await loadPostgres(name);
  const client = new Client({
    ...{ connectionString: address, types: AS_TEXT, connectionTimeoutMillis: 20_000 },
    options: '-c DateStyle=ISO -c TimeZone=UTC -c extra_float_digits=1',
    application_name: 'slatewise',
  });
  // A connection that is cut is told to whoever waits for rows; without anybody it would end the process.
  client.on('error', () => undefined);
  await asked(name, () => client.connect());
  return client;
}

interface Opened {
  readonly client: Client;
  readonly name: string;
  readonly relation: string;
  readonly columns: readonly TableColumn[];
}

async function columnsOf(client: Client, relation: string, name: string): Promise<readonly TableColumn[]> {
  const { fields } = await asked(name, () => client.query(`SELECT * FROM ${relation} LIMIT 0`));
  const { rows } = await client.query<{ readonly oid: string; readonly typname: string }>(
    `SELECT oid, typname FROM pg_type WHERE oid = ANY ('{${fields.map(({ dataTypeID }) => dataTypeID).join(',')}}')`,
  );
  const types = new Map(rows.map(({ oid, typname }) => [oid, typname]));
  return fields.map((field) => ({ name: field.name, type: types.get(String(field.dataTypeID)) ?? 'unknown' }));
}

async function* rowsOf(
  { client, name, relation, columns }: Opened,
  { without, order, since }: TableReading,
): AsyncGenerator<TableRow> {
  let line = 0;
  try {
    const wanted = columns.filter((column) => !without.has(column.name));
    const read = wanted.map((column) => readerOf(column, name));
    const at = wanted.map((column) => columns.indexOf(column));
    const selected = wanted.map(({ name: column, type }) =>
      isArray(type) ? `to_json(${quotedName(column)})::text` : quotedName(column),
    );
    const sorted = order.length === 0 ? '' : ` ORDER BY ${order.map(quotedName).join(', ')}`;
    const sql = `SELECT ${selected.join(', ')} FROM ${relation}${whereOf(since, columns)}${sorted}`;
    await asked(name, () => client.query(`DECLARE slatewise NO SCROLL CURSOR FOR ${sql}`));
    for (;;) {
      const { rows } = await asked(name, () =>
        client.query<(string | null)[]>({ text: `FETCH ${FETCHED} FROM slatewise`, rowMode: 'array' }),
      );
      for (const values of rows) {
        const cells: unknown[] = new Array(columns.length).fill(null);
        for (const [index, text] of values.entries()) if (text !== null) cells[at[index]] = read[index](text);
        yield { line: ++line, cells };
      }
      if (rows.length < FETCHED) return;
    }
  } catch (error) {
    throw line > 0 && error instanceof InputError && error.code === 'source-unreachable'
      ? cutAfter(line, name, error)
      : error;
  }
}

function readerOf({ name: column, type }: TableColumn, name: string): (text: string) => unknown {
  const read = readCell(type);
  if (read) return read;
  throw new InputError(
    `${name}: column ${column}: expected numbers, texts, booleans, times, or arrays of numbers or texts, found ${type}; name it in ignored, or choose what is needed of it in a query`,
    'bad-value',
  );
}

function whereOf(since: TableReading['since'], columns: readonly TableColumn[]): string {
  const type = columns.find(({ name }) => name === since?.column)?.type;
  if (since === undefined || type === undefined) return '';
  const column = quotedName(since.column);
  if (isTimeName(type)) return ` WHERE ${column} >= '${new Date(since.time).toISOString()}'::${type}`;
  return isNumberName(type) ? ` WHERE ${column} >= ${since.time}` : '';
}

const cutAfter = (line: number, name: string, error: InputError): InputError =>
  new InputError(
    `${name}: expected rows to the last one, found the connection cut after row ${line}; nothing was written: run the command again when the server answers`,
    'source-unreachable',
    { cause: error },
  );

/** A server that refuses what it is asked has a code of five letters (SQLSTATE); all else is a connection that is none. */
async function asked<T>(name: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    const told = message.split('\n')[0] || code || 'no answer';
    if (/^[0-9A-Z]{5}$/.test(code) && !/^(08|57P|28|53)/.test(code))
      throw new InputError(
        `${name}: expected a table or a query that the server can read, found ${told}; mend it`,
        'invalid-option',
        { cause: error },
      );
    throw new InputError(
      `${name}: expected a server that answers, found ${told}; start it, or check address, user and password`,
      'source-unreachable',
      { cause: error },
    );
  }
}

const quotedName = (name: string): string => `"${name.replaceAll('"', '""')}"`;
