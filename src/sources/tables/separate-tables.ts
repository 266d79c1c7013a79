/** Items, users, lists and clicks in tables of their own, as one source: what is known first, then lists and clicks in the order of their times. */
import { InputError } from '../../slate/input-error.ts';
import { type ParseOptions, parseEvent } from '../../slate/parse-event.ts';
import { RejectedEvent } from '../../slate/rejected-event.ts';
import type { EventSource, SourceOptions, SourceRecord } from '../event-source.ts';
import { isMissing } from './cells.ts';
import { fieldList, rawOf } from './rows-of-list.ts';
import { columnPlace, namedFields } from './shown-places.ts';
import { shownRowsSource } from './shown-rows.ts';
import type { Table, TableRow } from './table.ts';
import type { ClickColumns, KnownColumns, SeparateTables } from './table-columns.ts';

/** The tables themselves, under the names of their columns. */
export type OpenedTables = Readonly<Partial<Record<keyof SeparateTables, Table>>> & { readonly lists: Table };

/** Throws `InputError` where a named column is not there. Records are numbered through all tables; their place says the table and its row. */
export function separateTablesSource(name: string, tables: OpenedTables, columns: SeparateTables): EventSource {
  return {
    name,
    async *records(options: SourceOptions = {}) {
      let line = 0;
      const numbered = (record: SourceRecord): SourceRecord => ({ ...record, line: ++line });
      for (const kind of ['items', 'users'] as const) {
        const table = tables[kind];
        const map = columns[kind];
        if (table && map)
          for await (const record of knownRecords(kind, table, { map, options })) yield numbered(record);
      }
      const lists = placed(
        shownRowsSource(tables.lists, { sort: true, ...columns.lists }).records(options),
        tables.lists,
      );
      const clicks =
        tables.clicks && columns.clicks ? clickRecords(tables.clicks, { map: columns.clicks, options }) : none();
      for await (const record of byTime(lists, clicks)) yield numbered(record);
    },
  };
}

interface Reading<T> {
  readonly map: T;
  readonly options: SourceOptions;
}

async function* none(): AsyncGenerator<SourceRecord> {}

/** A record of a table that is one file says its table and row too. */
async function* placed(records: AsyncIterable<SourceRecord>, { name }: Table): AsyncGenerator<SourceRecord> {
  for await (const record of records) yield { place: { file: name, row: record.line }, ...record };
}

async function* knownRecords(
  kind: 'items' | 'users',
  table: Table,
  { map, options }: Reading<KnownColumns>,
): AsyncGenerator<SourceRecord> {
  const event = kind === 'items' ? 'item' : 'user';
  const open = await table.open();
  try {
    const header = open.columns.map((column) => column.name);
    const at = {
      id: columnPlace(map.id, header, `${table.name}: column of id`),
      time: columnPlace(map.time, header, `${table.name}: column of time`),
    };
    const fields = namedFields(header, map, table.name).filter((field) => field.at !== at.id && field.at !== at.time);
    const reading = {
      without: new Set(map.ignored ?? []),
      order: [map.time, map.id],
      since: options.since === undefined ? undefined : { column: map.time, time: options.since },
    };
    for await (const row of open.rows(reading)) {
      yield recordOf(
        row,
        table,
        () => ({
          event,
          [event]: row.cells[at.id],
          timestamp: row.cells[at.time] ?? '',
          fields: fieldList(row, fields, map),
        }),
        options,
      );
    }
  } finally {
    await open.close?.();
  }
}

async function* clickRecords(table: Table, { map, options }: Reading<ClickColumns>): AsyncGenerator<SourceRecord> {
  if (map.list === undefined && map.user === undefined)
    throw new InputError(
      `${table.name}: expected a column of list or of user, found neither; name one`,
      'invalid-option',
    );
  const open = await table.open();
  try {
    const header = open.columns.map((column) => column.name);
    const place = (column: string | undefined, role: string): number =>
      column === undefined ? -1 : columnPlace(column, header, `${table.name}: column of ${role}`);
    const at = {
      item: place(map.item, 'item'),
      time: place(map.time, 'time'),
      list: place(map.list, 'list'),
      user: place(map.user, 'user'),
      type: place(map.type, 'type'),
    };
    const used = Object.values(at);
    const reading = {
      without: new Set(header.filter((_, column) => !used.includes(column))),
      order: [map.time, ...(map.list === undefined ? [] : [map.list]), map.item],
      since: options.since === undefined ? undefined : { column: map.time, time: options.since },
    };
    for await (const row of open.rows(reading)) {
      const { cells } = row;
      yield recordOf(
        row,
        table,
        () => ({
          event: 'interaction',
          ...(isMissing(cells[at.list]) ? {} : { ranking: cells[at.list] }),
          ...(isMissing(cells[at.user]) ? {} : { user: cells[at.user] }),
          timestamp: cells[at.time] ?? '',
          item: cells[at.item],
          type: at.type < 0 ? 'click' : cells[at.type],
        }),
        options,
      );
    }
  } finally {
    await open.close?.();
  }
}

function recordOf(row: TableRow, table: Table, write: () => object, options: ParseOptions): SourceRecord {
  const shared = { line: row.line, raw: rawOf(row.cells), place: row.place ?? { file: table.name, row: row.line } };
  try {
    if (row.fault) throw new RejectedEvent(row.fault.reason, row.fault.message);
    return { ...shared, event: parseEvent(write(), options) };
  } catch (error) {
    if (!(error instanceof RejectedEvent)) throw error;
    return { ...shared, reason: error.reason, message: error.message };
  }
}

/** Two sources, each in order, as one; of the same time lists come before clicks. What is no event comes at once. */
async function* byTime(
  lists: AsyncGenerator<SourceRecord>,
  clicks: AsyncGenerator<SourceRecord>,
): AsyncGenerator<SourceRecord> {
  try {
    let [list, click] = [await lists.next(), await clicks.next()];
    while (!list.done || !click.done) {
      if (!list.done && (click.done || timeOf(list.value) <= timeOf(click.value))) {
        yield list.value;
        list = await lists.next();
      } else if (!click.done) {
        yield click.value;
        click = await clicks.next();
      }
    }
  } finally {
    await Promise.all([lists.return(undefined), clicks.return(undefined)]);
  }
}

const timeOf = (record: SourceRecord): number => ('event' in record ? record.event.time : Number.NEGATIVE_INFINITY);
