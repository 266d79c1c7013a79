/** How DuckDB's types become cells: what a query selects of a column, and what is made of each value. */
import type { TableColumn } from '../tables/table.ts';

/** What is selected, and how it is read. */
export interface SelectedCell {
  /** SQL of a quoted column. */
  readonly select: (column: string) => string;
  readonly read: (value: unknown) => unknown;
}

const NUMBERS = ['TINYINT', 'SMALLINT', 'INTEGER', 'UTINYINT', 'USMALLINT', 'UINTEGER', 'FLOAT', 'DOUBLE'];
const LARGE = ['BIGINT', 'UBIGINT', 'HUGEINT', 'UHUGEINT'];
export const isNumberColumn = (type: string): boolean =>
  NUMBERS.includes(type) || LARGE.includes(type) || type.startsWith('DECIMAL');
const isText = (type: string): boolean =>
  type === 'VARCHAR' || type === 'UUID' || type === 'JSON' || type.startsWith('ENUM');

const asItIs = (column: string): string => column;
const same = (value: unknown): unknown => value;

/** Undefined for a type that no field can have, such as a struct. */
export function selectedCell({ type }: TableColumn): SelectedCell | undefined {
  if (type === 'BOOLEAN' || NUMBERS.includes(type)) return { select: asItIs, read: same };
  if (LARGE.includes(type)) return { select: asItIs, read: numberOf };
  if (type.startsWith('DECIMAL')) return { select: (column) => `${column}::DOUBLE`, read: same };
  if (isText(type)) return { select: (column) => (type === 'VARCHAR' ? column : `${column}::VARCHAR`), read: same };
  if (isTimeColumn(type)) return { select: (column) => `epoch_ms(${column}::TIMESTAMP)::DOUBLE`, read: same };
  const element = /^(.*)\[\d*\]$/.exec(type)?.[1];
  if (element === undefined) return undefined;
  if (isNumberColumn(element)) return { select: (column) => `${column}::DOUBLE[]`, read: listOf };
  if (isText(element)) return { select: (column) => `${column}::VARCHAR[]`, read: listOf };
  return undefined;
}

export const isTimeColumn = (type: string): boolean => type === 'DATE' || type.startsWith('TIMESTAMP');

/** Digits beyond 2^53 are kept where they are part of an id. */
const numberOf = (value: unknown): unknown =>
  typeof value === 'bigint' && value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER
    ? Number(value)
    : value;

/** DuckDB's own class of lists holds them as `items`. */
const listOf = (value: unknown): unknown =>
  typeof value === 'object' && value !== null ? (value as { readonly items: readonly unknown[] }).items : value;
