/** What a config says of tables: `columns` of one with a row for every shown item, `tables` where items, users, lists and clicks lie apart. */
import { z } from 'zod';
import { oneOf, plain, strictObject } from '../../slate/strict-schema.ts';
import type { ColumnMap } from './column-map.ts';

/** How a column is read whose type the file does not tell, such as one of CSV; a `list` is written as JSON: `["a","b"]`. */
export const CELL_TYPES = ['text', 'number', 'boolean', 'list'] as const;
export type CellType = (typeof CELL_TYPES)[number];

/** What all tables may say of their columns. */
export interface ToldFieldColumns {
  /** A file, folder, table or query in the place that is imported; not needed where that is one table itself. */
  readonly from?: string | undefined;
  /** Columns that are not read. */
  readonly ignored?: readonly string[] | undefined;
  readonly types?: Readonly<Record<string, CellType>> | undefined;
}

/** A table with a row for every shown item. */
export interface ShownColumns extends ColumnMap, ToldFieldColumns {
  /** Columns that tell of the list as a whole, such as the query: its fields. */
  readonly listFields?: readonly string[] | undefined;
  /** Sorts the rows by time and list; for files whose rows of a list do not stand together. */
  readonly sort?: boolean | undefined;
}

/** A table with a row for what is known of an item, or of a user, from a time on. */
export interface KnownColumns extends ToldFieldColumns {
  readonly id: string;
  readonly time: string;
}

export interface ClickColumns extends Omit<ToldFieldColumns, 'ignored'> {
  readonly item: string;
  readonly time: string;
  /** The list or the user, or both. */
  readonly list?: string | undefined;
  readonly user?: string | undefined;
  /** What the user did; `click` without it. */
  readonly type?: string | undefined;
}

/** Tables that lie apart; only the lists are needed. */
export interface SeparateTables {
  readonly lists: ShownColumns;
  readonly clicks?: ClickColumns | undefined;
  readonly items?: KnownColumns | undefined;
  readonly users?: KnownColumns | undefined;
}

const column = z.string().min(1);
const optional = column.optional();
const fieldColumns = {
  from: optional,
  ignored: z.array(column).optional(),
  types: plain(z.record(z.string(), oneOf(CELL_TYPES))).optional(),
};
export const shownColumnsSchema: z.ZodType<ShownColumns> = strictObject({
  ...fieldColumns,
  ...{ list: column, user: optional, time: column, item: column, position: optional },
  ...{ clicked: optional, clickTime: optional },
  ...{ session: optional, surface: optional, variant: optional, policy: optional },
  ...{ row: optional, col: optional, propensity: optional, placePropensity: optional },
  listFields: z.array(column).optional(),
  sort: z.boolean().optional(),
}) as z.ZodType<ShownColumns>;
const known = strictObject({ ...fieldColumns, id: column, time: column });
export const separateTablesSchema: z.ZodType<SeparateTables> = strictObject({
  lists: shownColumnsSchema,
  clicks: strictObject({
    ...{ from: optional, types: fieldColumns.types },
    ...{ item: column, time: column, list: optional, user: optional, type: optional },
  }).optional(),
  items: known.optional(),
  users: known.optional(),
}) as z.ZodType<SeparateTables>;
