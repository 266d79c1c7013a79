import {
  Field as ArrowField,
  Bool,
  type DataType,
  Float64,
  Int32,
  List,
  Utf8,
  type Vector,
  vectorFromArray,
} from 'apache-arrow';
import type { FieldStatistics } from '../../encoding/schema/field-statistics.ts';
import { type FieldUpdates, type FieldValue, fieldOf } from '../../slate/fields.ts';

/** How a log's field lies in a column: by its type where all values agree, as JSON text where they do not. */
export type ColumnType = 'number' | 'boolean' | 'string' | 'strings' | 'numbers' | 'json';

export interface FieldColumn {
  readonly name: string;
  readonly type: ColumnType;
}

export function columnOf({
  name,
  count,
  numbers,
  booleans,
  strings,
  stringLists,
  numberLists,
  emptyLists,
}: FieldStatistics): FieldColumn {
  const uniform: readonly (readonly [number, ColumnType])[] = [
    [numbers, 'number'],
    [booleans, 'boolean'],
    [strings, 'string'],
    [stringLists, 'strings'],
    [numberLists + emptyLists, 'numbers'],
  ];
  return { name, type: uniform.find(([seen]) => seen === count)?.[1] ?? 'json' };
}

const list = (type: DataType): List => new List(new ArrowField('item', type, true));

const arrowTypes: Record<ColumnType, () => DataType> = {
  number: () => new Float64(),
  boolean: () => new Bool(),
  string: () => new Utf8(),
  strings: () => list(new Utf8()),
  numbers: () => list(new Float64()),
  json: () => new Utf8(),
};

/** The values of one field over some rows; null where a row does not carry it, or deletes it. */
export function fieldVector({ name, type }: FieldColumn, rows: readonly FieldUpdates[]): Vector {
  return vectorFromArray(
    rows.map((fields) => cell(fieldOf(fields, name), type)),
    arrowTypes[type](),
  );
}

/** One field of every item of every list: a list column of lists' length. */
export function rankedFieldVector({ name, type }: FieldColumn, rows: readonly (readonly FieldUpdates[])[]): Vector {
  return vectorFromArray(
    rows.map((fields) => fields.map((each) => cell(fieldOf(each, name), type))),
    list(arrowTypes[type]()),
  );
}

export const integerListVector = (rows: readonly (readonly number[])[]): Vector =>
  vectorFromArray(rows, list(new Int32()));
export const numberListVector = (rows: readonly (readonly number[])[]): Vector =>
  vectorFromArray(rows, list(new Float64()));
export const integerVector = (values: readonly number[]): Vector => vectorFromArray(values, new Int32());
export const numberVector = (values: readonly (number | null)[]): Vector => vectorFromArray(values, new Float64());
/** A list column of texts. */
export const textListVector = (rows: readonly (readonly string[])[]): Vector => vectorFromArray(rows, list(new Utf8()));
export const textVector = (values: readonly (string | null)[]): Vector => vectorFromArray(values, new Utf8());

const cell = (value: FieldValue | null | undefined, type: ColumnType): unknown =>
  value === undefined || value === null ? null : type === 'json' ? JSON.stringify(value) : value;

/** Back from a cell to a field value; undefined for null. */
export function fieldValue(value: unknown, type: ColumnType): FieldValue | undefined {
  if (value === null || value === undefined) return undefined;
  if (type === 'json') return JSON.parse(value as string) as FieldValue;
  if (type === 'strings') return [...(value as Iterable<string>)];
  if (type === 'numbers') return [...(value as Iterable<number>)];
  return value as FieldValue;
}
