/** Reads a record batch straight from its buffers: an Arrow vector makes an object for every list that it is asked for. */
import { type Data, type RecordBatch, Vector } from 'apache-arrow';
import { type Fields, type FieldValue, newFields, noFields } from '../../slate/fields.ts';
import { type ColumnType, type FieldColumn, valueOfCell } from './arrow-columns.ts';

/** The value in a row; undefined where there is none. */
export type CellReader = (row: number) => FieldValue | undefined;

/** A column of a batch. */
export function columnData(batch: RecordBatch, name: string): Data {
  const [data] = batch.getChild(name)?.data ?? [];
  if (data === undefined) throw new TypeError(`columnData: expected a column "${name}" in the batch, found none`);
  return data;
}

/** A column without gaps. */
export const numbersOf = (data: Data): Float64Array => data.values as Float64Array;
export const integersOf = (data: Data): Int32Array => data.values as Int32Array;

/** A column that may have gaps, as `fieldVector` and `textVector` write it. */
export function cellReader(data: Data, type: ColumnType): CellReader {
  if (data.nullCount === data.length) return () => undefined;
  if (type === 'number') {
    const values = numbersOf(data);
    const hasGaps = data.nullCount > 0;
    return (row) => (hasGaps && !data.getValid(row) ? undefined : values[row]);
  }
  if (type === 'string' || type === 'json') {
    const textAt = textsOf(data);
    return (row) => (data.getValid(row) ? valueOfCell(textAt(row), type) : undefined);
  }
  if (type === 'strings' && data.children[0].nullCount === 0) return textListReader(data);
  if (type === 'numbers' && data.children[0].nullCount === 0) {
    const { offsets, elements } = listColumn(data, numbersOf);
    return (row) => (data.getValid(row) ? [...elements.subarray(offsets[row], offsets[row + 1])] : undefined);
  }
  const vector = new Vector([data]);
  return (row) => valueOfCell(vector.get(row), type);
}

/** A text may begin with what a decoder takes for a mark of its encoding. */
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** The texts of a column. */
export function textsOf(data: Data): (row: number) => string {
  const bytes = data.values as Uint8Array;
  const starts = data.valueOffsets;
  return (row) => decoder.decode(bytes.subarray(starts[row], starts[row + 1]));
}

/** Lists of texts: those of a row lie end to end, and are decoded at once. */
function textListReader(data: Data): CellReader {
  const { offsets, elements } = listColumn(data, (texts) => texts);
  const textAt = textsOf(elements);
  const bytes = elements.values as Uint8Array;
  const starts = elements.valueOffsets;
  return (row) => {
    if (!data.getValid(row)) return undefined;
    const first = starts[offsets[row]];
    const together = decoder.decode(bytes.subarray(first, starts[offsets[row + 1]]));
    // As many characters as bytes: each is one byte, and the places in the text are those in the bytes.
    const isAscii = together.length === starts[offsets[row + 1]] - first;
    const texts: string[] = [];
    for (let at = offsets[row]; at < offsets[row + 1]; at++)
      texts.push(isAscii ? together.slice(starts[at] - first, starts[at + 1] - first) : textAt(at));
    return texts;
  };
}

/** A column of lists: those of a row are `elements` from `offsets[row]` to `offsets[row + 1]`. */
export interface ListColumn<A> {
  readonly offsets: Int32Array;
  readonly elements: A;
}

export const listColumn = <A>(data: Data, elementsOf: (elements: Data) => A): ListColumn<A> => ({
  offsets: data.valueOffsets,
  elements: elementsOf(data.children[0]),
});

/** The fields of a row. */
export function fieldsReader(
  batch: RecordBatch,
  columns: readonly FieldColumn[],
): (row: number) => Record<string, FieldValue> {
  const read = recordReader(
    columns.map(({ name, type }) => [name, cellReader(columnData(batch, `field.${name}`), type)]),
  );
  return (row) => read(row, 0);
}

/** The fields of the k-th item of a row's list. */
export function itemFieldsReader(
  batch: RecordBatch,
  columns: readonly FieldColumn[],
): (row: number, k: number) => Fields {
  if (columns.length === 0) return () => noFields;
  return recordReader(
    columns.map(({ name, type }) => {
      const { offsets, elements } = listColumn(columnData(batch, `item_field.${name}`), (data) =>
        cellReader(data, type),
      );
      return [name, (row: number, k: number) => elements(offsets[row] + k)] as const;
    }),
  );
}

function recordReader(
  columns: readonly (readonly [string, (row: number, k: number) => FieldValue | undefined])[],
): (row: number, k: number) => Record<string, FieldValue> {
  return (row, k) => {
    const record = newFields<FieldValue>();
    for (const [name, read] of columns) {
      const value = read(row, k);
      if (value !== undefined) record[name] = value;
    }
    return record;
  };
}
