import type { RejectReason } from '../../slate/error-code.ts';

/** A column of a table: its type in the words of whoever holds the table, such as `VARCHAR`. */
export interface TableColumn {
  readonly name: string;
  readonly type: string;
}

/** Where a row stands: of a table of several files each has rows from 1 on. */
export interface RowPlace {
  readonly file: string;
  readonly row: number;
}

/** A row. Cells are numbers, texts, booleans, lists of numbers or of texts, or null; times are epoch milliseconds. */
export interface TableRow {
  /** Its number in all that is read, from 1, rising. */
  readonly line: number;
  readonly place?: RowPlace;
  /** In the order of the columns. */
  readonly cells: readonly unknown[];
  /** Why it cannot be read. */
  readonly fault?: { readonly reason: RejectReason; readonly message: string };
}

/** How rows are asked for. Who holds the table does what it can: a file of texts neither sorts nor seeks. */
export interface TableReading {
  /** Columns that nobody needs: their cells may be null. */
  readonly without: ReadonlySet<string>;
  /** Columns to sort by; empty where the rows come as they lie. */
  readonly order: readonly string[];
  /** Rows whose time in this column is earlier may be left out; epoch milliseconds. */
  readonly since?: { readonly column: string; readonly time: number } | undefined;
}

export interface OpenTable {
  readonly columns: readonly TableColumn[];
  /** To be read once. Memory does not grow with the table. Throws `InputError` where it cannot be read to its end, or changed meanwhile. */
  rows(reading: TableReading): AsyncIterable<TableRow>;
  /** Lets go of a file or a connection. */
  close?(): Promise<void>;
}

/** Rows of columns, wherever they lie: a file of CSV, Parquet, a database. */
export interface Table {
  /** For people. */
  readonly name: string;
  /** True where rows lie in no order: they must be sorted. */
  readonly isUnordered?: boolean;
  /** Finds it and its columns. Throws `InputError` where it is not there. */
  open(): Promise<OpenTable>;
}
