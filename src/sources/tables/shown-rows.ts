/** Rows of shown items as events: the rows of a list stand one after the other. */
import { InputError } from '../../slate/input-error.ts';
import { unknownName } from '../../slate/nearest-name.ts';
import { type ParseOptions, parseEvent } from '../../slate/parse-event.ts';
import { RejectedEvent } from '../../slate/rejected-event.ts';
import type { EventSource, SourceOptions, SourceRecord } from '../event-source.ts';
import { fieldValueOf, isMissing, isYes, wholeOf } from './cells.ts';
import { ROLES, type Role } from './column-map.ts';
import { createRecentIds } from './recent-ids.ts';
import type { OpenTable, Table, TableRow } from './table.ts';
import type { ShownColumns, ToldFieldColumns } from './table-columns.ts';

/**
 * A table with a row for every shown item as a source. `map` says which column holds what; all others are fields of the shown item. Without positions the order of rows counts. A click of `clicked`
 * counts at the time of its list. A list with a row that cannot be read is rejected as a whole. Throws `InputError` where a named column is not there, or the rows of a list stand apart (among the
 * last million lists).
 */
export function shownRowsSource(table: Table, map: ShownColumns): EventSource {
  return {
    name: table.name,
    async *records(options: SourceOptions = {}) {
      const open = await table.open();
      try {
        const columns = columnsOf(open, table.name, map);
        const rows = rowsInOrder(open, { table, map, columns, since: options.since });
        yield* listsOf(rows, { columns, map, name: table.name, options });
      } finally {
        await open.close?.();
      }
    },
  };
}

/** Where each role and field stands among the columns. */
interface ShownPlaces {
  readonly at: Readonly<Partial<Record<Role, number>>>;
  readonly listFields: readonly Named[];
  readonly itemFields: readonly Named[];
}

interface Named {
  readonly name: string;
  readonly at: number;
}

/** Throws `InputError` where a column that is named is not there. */
function columnsOf({ columns }: OpenTable, name: string, map: ShownColumns): ShownPlaces {
  if (map.clicked !== undefined && map.clickTime !== undefined)
    throw new InputError(
      `${name}: expected a column of clicked or one of clickTime, found both; leave one out`,
      'invalid-option',
    );
  const header = columns.map((column) => column.name);
  const at: Partial<Record<Role, number>> = {};
  for (const role of ROLES) {
    const column = map[role];
    if (column !== undefined) at[role] = columnPlace(column, header, `${name}: column of ${role}`);
  }
  const taken = new Set(Object.values(at));
  const listFields = (map.listFields ?? []).map((field) => ({
    name: field,
    at: columnPlace(field, header, `${name}: listFields`),
  }));
  return {
    at,
    listFields,
    itemFields: namedFields(header, map, name).filter(
      (field) => !taken.has(field.at) && !listFields.some((each) => each.at === field.at),
    ),
  };
}

/** The columns that are not ignored. */
export function namedFields(
  header: readonly string[],
  { ignored = [], types = {} }: ToldFieldColumns,
  name: string,
): readonly Named[] {
  for (const each of ignored) columnPlace(each, header, `${name}: ignored`);
  for (const each of Object.keys(types)) columnPlace(each, header, `${name}: types`);
  return header.flatMap((field, at) => (ignored.includes(field) ? [] : [{ name: field, at }]));
}

export function columnPlace(column: string, header: readonly string[], where: string): number {
  const index = header.indexOf(column);
  if (index < 0) throw new InputError(`${where}: ${unknownName(column, header)}`, 'unknown-name');
  return index;
}

/** What a table of shown items is asked for: sorted by time and list where it lies in no order, or the config says so. */
function rowsInOrder(
  open: OpenTable,
  {
    table,
    map,
    columns,
    since,
  }: {
    readonly table: Table;
    readonly map: ShownColumns;
    readonly columns: ShownPlaces;
    readonly since: number | undefined;
  },
): AsyncIterable<TableRow> {
  const used = new Set([
    ...Object.values(columns.at),
    ...columns.listFields.map(({ at }) => at),
    ...columns.itemFields.map(({ at }) => at),
  ]);
  const isSorted = map.sort ?? table.isUnordered === true;
  if (table.isUnordered && map.position === undefined)
    throw new InputError(
      `${table.name}: expected a column of position, since a table of a database has no order, found none; name it, or give a query with ORDER BY`,
      'invalid-option',
    );
  return open.rows({
    without: new Set(open.columns.flatMap(({ name }, at) => (used.has(at) ? [] : [name]))),
    order: isSorted ? [map.time, map.list, map.position].flatMap((name) => name ?? []) : [],
    since: since === undefined || map.time === undefined ? undefined : { column: map.time, time: since },
  });
}

interface Reading {
  readonly columns: ShownPlaces;
  readonly map: ShownColumns;
  readonly name: string;
  readonly options: ParseOptions;
}

async function* listsOf(rows: AsyncIterable<TableRow>, reading: Reading): AsyncGenerator<SourceRecord> {
  const ended = createRecentIds();
  let held: TableRow[] = [];
  let heldId = '';
  for await (const row of rows) {
    const id = textOf(row, reading, 'list');
    if (held.length > 0 && (id === '' || id !== heldId)) {
      yield* recordsOf(held, reading);
      held = [];
    }
    if (held.length === 0 && id !== '') {
      if (ended.has(id)) throw apart(id, row, reading);
      ended.add(id);
    }
    heldId = id;
    held.push(row);
  }
  if (held.length > 0) yield* recordsOf(held, reading);
}

function apart(id: string, { line, place }: TableRow, { name, map }: Reading): InputError {
  const where = place === undefined ? `on line ${line}` : `in row ${place.row} of ${place.file}`;
  return new InputError(
    `${name}: expected the rows of a list one after the other, found list ${id} again ${where}; sort the file by ${map.list}, or where it is no CSV set sort in columns`,
    'file-damaged',
  );
}

const cellOf = ({ cells }: TableRow, { columns }: Reading, role: Role): unknown =>
  columns.at[role] === undefined ? undefined : cells[columns.at[role]];

const textOf = (row: TableRow, reading: Reading, role: Role): string => String(cellOf(row, reading, role) ?? '');

/** The list, then its clicks; one rejection where a row cannot be read. */
function recordsOf(rows: readonly TableRow[], reading: Reading): readonly SourceRecord[] {
  const [first] = rows;
  const { line } = first;
  const placed = first.place === undefined ? {} : { place: first.place };
  const raw = rawOf(rows.map(({ cells }) => cells));
  try {
    for (const { fault } of rows) if (fault) throw new RejectedEvent(fault.reason, fault.message);
    const shared = { timestamp: cellOf(first, reading, 'time') ?? '', user: cellOf(first, reading, 'user') ?? '' };
    const id = cellOf(first, reading, 'list') ?? '';
    const items = rows.map((row) => itemOf(row, reading));
    const list = {
      event: 'ranking',
      id,
      ...shared,
      ...textsOf(first, reading),
      fields: fieldList(first, reading.columns.listFields, reading.map),
      items,
    };
    return [
      { line, raw, ...placed, event: parseEvent(list, reading.options) },
      ...rows.flatMap((row) => clickOf(row, reading, { id, ...shared })),
    ];
  } catch (error) {
    if (!(error instanceof RejectedEvent)) throw error;
    return [{ line, raw, ...placed, reason: error.reason, message: error.message }];
  }
}

function clickOf(
  row: TableRow,
  reading: Reading,
  { id, timestamp, user }: { readonly id: unknown; readonly timestamp: unknown; readonly user: unknown },
): readonly SourceRecord[] {
  const told = cellOf(row, reading, 'clickTime');
  if (reading.columns.at.clickTime === undefined ? !isYes(cellOf(row, reading, 'clicked'), row) : isMissing(told))
    return [];
  const click = {
    ...{ event: 'interaction', ranking: id, timestamp: told ?? timestamp, user, type: 'click' },
    item: cellOf(row, reading, 'item'),
  };
  const { line, place } = row;
  return [{ line, ...(place ? { place } : {}), raw: rawOf(row.cells), event: parseEvent(click) }];
}

/** As JSON, in which whole numbers of any size may stand. */
export const rawOf = (cells: unknown): string =>
  JSON.stringify(cells, (_, cell) => (typeof cell === 'bigint' ? String(cell) : cell));

const LIST_TEXTS = ['session', 'surface', 'variant', 'policy'] as const;

const textsOf = (row: TableRow, reading: Reading): object =>
  Object.fromEntries(
    LIST_TEXTS.flatMap((role) => {
      const cell = cellOf(row, reading, role);
      return isMissing(cell) ? [] : [[role, cell]];
    }),
  );

function itemOf(row: TableRow, reading: Reading): object {
  const { at, itemFields } = reading.columns;
  const item: Record<string, unknown> = { id: cellOf(row, reading, 'item') };
  if (at.position !== undefined) item.position = wholeOf(row.cells[at.position], 'position', row);
  for (const role of ['row', 'col'] as const) {
    const cell = cellOf(row, reading, role);
    if (!isMissing(cell)) item[role] = wholeOf(cell, role, row);
  }
  for (const role of ['propensity', 'placePropensity'] as const) {
    const cell = cellOf(row, reading, role);
    if (!isMissing(cell)) item[role] = Number(cell);
  }
  item.fields = fieldList(row, itemFields, reading.map);
  return item;
}

/** The fields of a row, as a line of a log has them; a cell without a value is none. */
export function fieldList(row: TableRow, fields: readonly Named[], { types }: ToldFieldColumns): readonly object[] {
  return fields.flatMap(({ name, at }) => {
    const cell = row.cells[at];
    return isMissing(cell) ? [] : [{ name, value: fieldValueOf(cell, name, types?.[name], row) }];
  });
}
