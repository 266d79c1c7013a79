/** Which column of a table of shown items holds what, and how the table is read. */
import { InputError } from '../../slate/input-error.ts';
import { unknownName } from '../../slate/nearest-name.ts';
import { ROLES, type Role } from './column-map.ts';
import type { OpenTable, Table, TableReading } from './table.ts';
import type { ShownColumns, ToldFieldColumns } from './table-columns.ts';

/** Where each role and field stands among the columns. */
export interface ShownPlaces {
  readonly at: Readonly<Partial<Record<Role, number>>>;
  readonly listFields: readonly NamedColumn[];
  readonly itemFields: readonly NamedColumn[];
}

export interface NamedColumn {
  readonly name: string;
  readonly at: number;
}

/** Throws `InputError` where a column that is named is not there. */
export function shownPlaces({ columns }: OpenTable, name: string, map: ShownColumns): ShownPlaces {
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
): readonly NamedColumn[] {
  for (const each of ignored) columnPlace(each, header, `${name}: ignored`);
  for (const each of Object.keys(types)) columnPlace(each, header, `${name}: types`);
  return header.flatMap((field, at) => (ignored.includes(field) ? [] : [{ name: field, at }]));
}

export function columnPlace(column: string, header: readonly string[], where: string): number {
  const index = header.indexOf(column);
  if (index < 0) throw new InputError(`${where}: ${unknownName(column, header)}`, 'unknown-name');
  return index;
}

/** How a table of shown items is read: sorted by time and list where it lies in no order, or the config says so. */
export function shownReading(
  { columns }: OpenTable,
  {
    table,
    map,
    places,
    since,
  }: {
    readonly table: Table;
    readonly map: ShownColumns;
    readonly places: ShownPlaces;
    readonly since: number | undefined;
  },
): TableReading {
  const used = new Set([
    ...Object.values(places.at),
    ...places.listFields.map(({ at }) => at),
    ...places.itemFields.map(({ at }) => at),
  ]);
  const isSorted = map.sort ?? table.isUnordered === true;
  if (table.isUnordered && map.position === undefined)
    throw new InputError(
      `${table.name}: expected a column of position, since a table of a database has no order, found none; name it, or give a query with ORDER BY`,
      'invalid-option',
    );
  return {
    without: new Set(columns.flatMap(({ name }, at) => (used.has(at) ? [] : [name]))),
    order: isSorted ? [map.time, map.list, map.position].flatMap((name) => name ?? []) : [],
    since: since === undefined || map.time === undefined ? undefined : { column: map.time, time: since },
  };
}
