/** One log in every form that an import reads: JSON lines, CSV, Parquet and SQL, with a row for every shown item or in tables that lie apart. */
import { writeFile } from 'node:fs/promises';

import { DuckDBInstance } from '@duckdb/node-api';
import { createRng } from '../src/random/rng.ts';
import type { SeparateTables, ShownColumns } from '../src/sources/tables/table-columns.ts';

/** A shown item as a row. */
export interface ShownRow {
  readonly list: string;
  readonly user: string;
  readonly time: number;
  readonly query: string;
  readonly item: string;
  readonly position: number;
  readonly price: number | null;
  readonly fresh: boolean;
  readonly tags: readonly string[] | null;
  readonly clicked_at: number | null;
}

export const SHOWN_COLUMNS: ShownColumns = {
  ...{ list: 'list', user: 'user', time: 'time', item: 'item', position: 'position', clickTime: 'clicked_at' },
  listFields: ['query'],
};

/** What CSV does not tell. */
export const CSV_TYPES: Pick<ShownColumns, 'types'> = {
  types: { price: 'number', fresh: 'boolean', tags: 'list' },
};

export const SEPARATE_TABLES: { readonly [key in keyof SeparateTables]-?: NonNullable<SeparateTables[key]> } = {
  lists: {
    from: 'lists',
    ...{ list: 'list', user: 'user', time: 'time', item: 'item', position: 'position' },
    listFields: ['query'],
  },
  clicks: { from: 'clicks', list: 'list', user: 'user', time: 'time', item: 'item' },
  items: { from: 'items', id: 'item', time: 'time' },
  users: { from: 'users', id: 'user', time: 'time' },
};

const FIRST = Date.UTC(2025, 2, 1, 10, 22, 33, 123);

export function shownRows(lists: number, first: number = FIRST): readonly ShownRow[] {
  const rng = createRng('shown rows');
  return Array.from({ length: lists }, (_, list) => {
    const time = first + list * 40_000 + rng.integer(30_000);
    const user = `u${rng.integer(7)}`;
    const query = `query ${rng.integer(5)}`;
    const start = rng.integer(20);
    return Array.from({ length: 3 + rng.integer(4) }, (_, position): ShownRow => {
      const item = (start + position * 3) % 40;
      return {
        ...{ list: `list ${list}`, user, time, query, item: `item, ${item}`, position },
        price: item % 7 === 0 ? null : 100 + item / 4,
        fresh: item % 2 === 0,
        tags: item % 5 === 0 ? null : [`tag ${item % 3}`, `größe ${item % 4}`],
        clicked_at: rng.next() < 0.2 ? time + 1000 + rng.integer(60_000) : null,
      };
    });
  }).flat();
}

const fields = (values: Readonly<Record<string, unknown>>): readonly object[] =>
  Object.entries(values).flatMap(([name, value]) => (value === null ? [] : [{ name, value }]));

/** The events of the rows: each list with its clicks after it; `known` are told first. */
export function shownEvents(rows: readonly ShownRow[], known: readonly object[] = []): readonly object[] {
  const lists = new Map<string, ShownRow[]>();
  for (const row of rows) lists.set(row.list, [...(lists.get(row.list) ?? []), row]);
  return [
    ...known,
    ...[...lists].flatMap(([id, shown]) => {
      const [{ user, time, query }] = shown;
      const items = shown.map(({ item, position, price, fresh, tags }) => ({
        ...{ id: item, position },
        fields: fields({ price, fresh, tags }),
      }));
      return [
        { event: 'ranking', id, user, timestamp: time, fields: fields({ query }), items },
        ...shown.flatMap(({ item, clicked_at: timestamp }) =>
          timestamp === null ? [] : [{ event: 'interaction', ranking: id, user, timestamp, type: 'click', item }],
        ),
      ];
    }),
  ];
}

type KnownRow = Readonly<Record<string, string | number | null>>;

/** What is known of items and users, some of it told again. */
export const knownItems: readonly KnownRow[] = Array.from({ length: 44 }, (_, n) => ({
  item: `item, ${n % 40}`,
  time: FIRST - 5000 + n * 100,
  brand: n % 6 === 5 ? null : `brand ${n % 6}`,
  stock: n * 3,
}));
export const knownUsers: readonly KnownRow[] = Array.from({ length: 7 }, (_, n) => ({
  user: `u${n}`,
  time: FIRST - 9000 + n,
  age: 20 + n,
}));

export const knownEvents = (): readonly object[] => [
  ...knownItems.map(({ item, time, ...values }) => ({ event: 'item', item, timestamp: time, fields: fields(values) })),
  ...knownUsers.map(({ user, time, ...values }) => ({ event: 'user', user, timestamp: time, fields: fields(values) })),
];

export async function writeJsonLines(path: string, events: readonly object[]): Promise<string> {
  await writeFile(path, events.map((event) => `${JSON.stringify(event)}\n`).join(''));
  return path;
}

export async function writeCsv(path: string, rows: readonly object[]): Promise<string> {
  const cell = (value: unknown): string => {
    const text = value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);
    return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const lines = [Object.keys(rows[0]), ...rows.map(Object.values)].map((cells) => cells.map(cell).join(','));
  await writeFile(path, `${lines.join('\n')}\n`);
  return path;
}

/** Types of the columns, of those that JSON does not tell. */
export const SQL_TYPES: Readonly<Record<string, string>> = {
  ...{ time: 'TIMESTAMP', clicked_at: 'TIMESTAMPTZ', position: 'INTEGER', age: 'BIGINT', stock: 'SMALLINT' },
  ...{ price: 'DECIMAL(9,2)', fresh: 'BOOLEAN', tags: 'VARCHAR[]' },
};

/** `CREATE TABLE` and `INSERT` of rows, in the words that DuckDB and PostgreSQL share. */
export function sqlOf(name: string, rows: readonly object[]): string {
  const columns = Object.keys(rows[0]);
  const literal = (column: string, value: unknown): string => {
    if (value === null) return 'NULL';
    if (Array.isArray(value)) return `ARRAY[${value.map((each) => `'${each}'`).join(',')}]`;
    if (/^TIMESTAMP/.test(SQL_TYPES[column] ?? ''))
      return `'${new Date(value as number).toISOString().slice(0, -1)}+00'`;
    return typeof value === 'string' ? `'${value}'` : String(value);
  };
  const types = columns.map((column) => `"${column}" ${SQL_TYPES[column] ?? 'VARCHAR'}`);
  const values = rows.map(
    (row) =>
      `(${Object.entries(row)
        .map(([column, value]) => literal(column, value))
        .join(',')})`,
  );
  return `CREATE TABLE ${name} (${types.join(', ')}); INSERT INTO ${name} VALUES ${values.join(', ')};`;
}

/** Runs SQL of DuckDB, such as `COPY ... TO 'x.parquet'`. */
export async function runDuckDb(...statements: readonly string[]): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(`SET TimeZone = 'UTC'`);
  for (const sql of statements) await connection.run(sql);
  connection.closeSync();
  instance.closeSync();
}
