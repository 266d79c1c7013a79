/** The rows of one list as its events. */
import { InputError } from '../../slate/input-error.ts';
import { parseEvent } from '../../slate/parse-event.ts';
import { RejectedEvent } from '../../slate/rejected-event.ts';
import type { BlockOptions, SourceRecord } from '../event-source.ts';
import { fieldValueOf, isMissing, isYes, wholeOf } from './cells.ts';
import type { Role } from './column-map.ts';
import type { NamedColumn, ShownPlaces } from './shown-places.ts';
import type { TableRow } from './table.ts';
import type { ShownColumns, ToldFieldColumns } from './table-columns.ts';

/** How rows are read. */
export interface Reading {
  readonly columns: ShownPlaces;
  readonly map: ShownColumns;
  /** Of the table. */
  readonly name: string;
  readonly options: BlockOptions;
}

/** That the rows of a list stand apart. */
export function apart(id: string, { line, place }: TableRow, { name, map }: Reading): InputError {
  const where = place === undefined ? `on line ${line}` : `in row ${place.row} of ${place.file}`;
  return new InputError(
    `${name}: expected the rows of a list one after the other, found list ${id} again ${where}; sort the file by ${map.list}, or where it is no CSV set sort in columns`,
    'file-damaged',
  );
}

const cellOf = ({ cells }: TableRow, { columns }: Reading, role: Role): unknown =>
  columns.at[role] === undefined ? undefined : cells[columns.at[role]];

export const listIdOf = (row: TableRow, reading: Reading): string => String(cellOf(row, reading, 'list') ?? '');

/** The list, then its clicks; one rejection where a row cannot be read. */
export function recordsOf(rows: readonly TableRow[], reading: Reading): readonly SourceRecord[] {
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
export function fieldList(
  row: TableRow,
  fields: readonly NamedColumn[],
  { types }: ToldFieldColumns,
): readonly object[] {
  return fields.flatMap(({ name, at }) => {
    const cell = row.cells[at];
    return isMissing(cell) ? [] : [{ name, value: fieldValueOf(cell, name, types?.[name], row) }];
  });
}
