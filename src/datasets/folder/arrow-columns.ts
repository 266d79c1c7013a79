import {
  Field as ArrowField,
  Bool,
  type DataType,
  Float64,
  Int32,
  List,
  makeData,
  Utf8,
  Vector,
  vectorFromArray,
} from 'apache-arrow';
import type { FieldStatistics } from '../../encoding/field-values/field-statistics.ts';
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
  const cells = rows.map((fields) => cell(fieldOf(fields, name), type));
  return type === 'strings'
    ? textLists(cells as (readonly string[] | null)[])
    : vectorFromArray(cells, arrowTypes[type]());
}

/** A list column of texts. The texts of a row become bytes at once: a builder goes about them one by one, which costs ten times as much. */
function textLists(rows: readonly (readonly string[] | null)[]): Vector {
  const offsets = new Int32Array(rows.length + 1);
  for (const [row, texts] of rows.entries()) offsets[row + 1] = offsets[row] + (texts?.length ?? 0);
  const ends = new Int32Array(offsets[rows.length] + 1);
  const nullBitmap = new Uint8Array((rows.length + 7) >> 3);
  const bytes: Buffer[] = [];
  for (const [row, texts] of rows.entries()) {
    if (texts === null) continue;
    nullBitmap[row >> 3] |= 1 << (row % 8);
    const together = texts.join('');
    const joined = Buffer.from(together);
    // As many bytes as characters: each text has as many as it is long. Elsewhere each is encoded by itself, half a surrogate pair too.
    const encoded = joined.length === together.length ? undefined : texts.map((text) => Buffer.from(text));
    if (encoded) bytes.push(...encoded);
    else bytes.push(joined);
    for (let at = 0; at < texts.length; at++)
      ends[offsets[row] + at + 1] = ends[offsets[row] + at] + (encoded ? encoded[at].length : texts[at].length);
  }
  const child = makeData({
    type: new Utf8(),
    length: offsets[rows.length],
    nullCount: 0,
    valueOffsets: ends,
    data: Buffer.concat(bytes),
  });
  const nullCount = rows.filter((texts) => texts === null).length;
  return new Vector([
    makeData({ type: list(new Utf8()), length: rows.length, nullCount, nullBitmap, valueOffsets: offsets, child }),
  ]);
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
export function valueOfCell(value: unknown, type: ColumnType): FieldValue | undefined {
  if (value === null || value === undefined) return undefined;
  if (type === 'json') return JSON.parse(value as string) as FieldValue;
  if (type === 'strings') return [...(value as Iterable<string>)];
  if (type === 'numbers') return [...(value as Iterable<number>)];
  return value as FieldValue;
}
