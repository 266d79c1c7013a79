import type { RejectReason } from '../../slate/error-code.ts';
import type { RowPlace } from '../row-place.ts';

/** A column of a table: its type in the words of whoever holds the table, such as `VARCHAR`. */
export interface TableColumn {
  readonly name: string;
  readonly type: string;
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

/* Some thousand rows at once, as the memory in which they lie; and each row as it is for those of which that says too little. */

/** What a column is asked for: its texts (of whole numbers too), or its numbers: times are epoch milliseconds, truth is 0 or 1. */
export interface AskedColumn {
  /** Its place among the columns. */
  readonly column: number;
  readonly as: 'text' | 'number';
}

/** Four words for every row. Texts that are alike have the same, others do not: a short text lies in them, of a longer one there are its length, its beginning and a hash of 64 bits. */
export interface TextCells {
  readonly words: Int32Array;
  isEmpty(row: number): boolean;
  textOf(row: number): string;
}

export interface NumberCells {
  readonly values: Float64Array;
  isEmpty(row: number): boolean;
}

export interface TableChunk {
  readonly count: number;
  /** Line of its first row. */
  readonly line: number;
  texts(column: number): TextCells;
  numbers(column: number): NumberCells;
  /** A cell as rows have it. */
  cell(column: number, row: number): unknown;
  row(row: number): TableRow;
}

/** What a column holds. */
export type CellForm = 'text' | 'whole' | 'number' | 'truth';

/** A table that can be read in chunks. */
export interface ChunkedTable {
  /** Undefined for what can be told by rows alone. Whole numbers may be asked for as texts too. */
  formOf(column: number): CellForm | undefined;
  /** To be read once, as `rows`, and in their place. */
  read(reading: TableReading, asked: readonly AskedColumn[]): AsyncIterable<TableChunk>;
}

export interface OpenTable {
  readonly columns: readonly TableColumn[];
  /** To be read once. Memory does not grow with the table. Throws `InputError` where it cannot be read to its end, or changed meanwhile. */
  rows(reading: TableReading): AsyncIterable<TableRow>;
  /** The same rows, to be read once and in their place, where whoever holds the table can give them so. */
  readonly chunks?: ChunkedTable;
  /** Lets go of a file or a connection. */
  close?(): Promise<void>;
}

/** Rows of columns, wherever they lie: a file of CSV, Parquet, a database. */
export interface Table {
  /** For people. */
  readonly name: string;
  /** True where rows lie in no order: they must be sorted. */
  readonly isUnordered?: boolean;
  /** True where it may be had in chunks: `OpenTable` says whether it can. */
  readonly isChunked?: boolean;
  /** Finds it and its columns. Throws `InputError` where it is not there. */
  open(): Promise<OpenTable>;
}
