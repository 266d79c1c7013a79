/** The columns of Arrow of a block of lists: typed arrays as they are. A builder goes about values one by one, which costs ten times as much. */
import {
  Field as ArrowField,
  Bool,
  type Data,
  type DataType,
  Float64,
  Int32,
  List,
  makeData,
  Utf8,
  Vector,
} from 'apache-arrow';
import type { FieldValue } from '../../slate/fields.ts';
import { CELL_KINDS, type FieldCells, type ListBlock } from '../../sources/blocks/list-block.ts';
import { type FieldColumn, fieldVector, rankedFieldVector } from './arrow-columns.ts';

export const numberColumn = (values: Float64Array): Vector => new Vector([numbers(values)]);
export const integerColumn = (values: Int32Array): Vector => new Vector([integers(values)]);

const numbers = (values: Float64Array): Data<Float64> =>
  makeData({ type: new Float64(), length: values.length, nullCount: 0, data: values });
const integers = (values: Int32Array): Data<Int32> =>
  makeData({ type: new Int32(), length: values.length, nullCount: 0, data: values });

export const integerLists = (values: Int32Array, starts: Int32Array): Vector => listsOf(integers(values), starts);
export const numberLists = (values: Float64Array, starts: Int32Array): Vector => listsOf(numbers(values), starts);

function listsOf<T extends DataType>(child: Data<T>, starts: Int32Array): Vector {
  const type = new List(new ArrowField('item', child.type, true));
  return new Vector([makeData({ type, length: starts.length - 1, nullCount: 0, valueOffsets: starts, child })]);
}

/** Numbers of which NaN stands for none. */
export function optionalNumbers(values: Float64Array | undefined, length: number): Vector {
  const kinds = new Uint8Array(length);
  if (values)
    for (let at = 0; at < length; at++) kinds[at] = Number.isNaN(values[at]) ? CELL_KINDS.none : CELL_KINDS.number;
  return new Vector([numberCells(kinds, values ?? new Float64Array(length))]);
}

/** Texts by their codes, of which -1 stands for none. */
export const codedTexts = (codes: Int32Array | undefined, dictionary: readonly string[], length: number): Vector =>
  new Vector([textsOf((at) => (codes === undefined || codes[at] < 0 ? undefined : dictionary[codes[at]]), length)]);

export const plainTexts = (texts: readonly string[]): Vector => new Vector([textsOf((at) => texts[at], texts.length)]);

/** A field of the lists. */
export function requestColumn(column: FieldColumn, { count, request, dictionary }: ListBlock): Vector {
  const cells = cellsOf(request, column.name, count);
  return isPlain(column.type)
    ? new Vector([plainCells(column.type, cells, dictionary)])
    : fieldVector(column, recordsOf(cells, dictionary));
}

/** A field of the shown items. */
export function rankedColumn(column: FieldColumn, { items, ranked, dictionary, starts }: ListBlock): Vector {
  const cells = cellsOf(ranked, column.name, items.length);
  if (isPlain(column.type)) return listsOf(plainCells(column.type, cells, dictionary), starts);
  const records = recordsOf(cells, dictionary);
  return rankedFieldVector(
    column,
    Array.from({ length: starts.length - 1 }, (_, list) => records.slice(starts[list], starts[list + 1])),
  );
}

type PlainType = 'number' | 'boolean' | 'string';
const isPlain = (type: FieldColumn['type']): type is PlainType =>
  type === 'number' || type === 'boolean' || type === 'string';

const cellsOf = (fields: readonly FieldCells[], name: string, length: number): FieldCells =>
  fields.find((cells) => cells.name === name) ?? {
    name,
    kinds: new Uint8Array(length),
    values: new Float64Array(length),
  };

/** A column of a type that all values have. */
function plainCells(type: PlainType, { kinds, values }: FieldCells, dictionary: readonly string[]): Data {
  if (type === 'number') return numberCells(kinds, values);
  if (type === 'boolean') return booleanCells(kinds, values);
  return textsOf((at) => (kinds[at] === CELL_KINDS.none ? undefined : dictionary[values[at]]), kinds.length);
}

function numberCells(kinds: Uint8Array, values: Float64Array): Data<Float64> {
  const { nullCount, nullBitmap } = validity(kinds);
  const data = nullCount === 0 ? values : values.map((value, at) => (kinds[at] === CELL_KINDS.none ? 0 : value));
  return makeData({ type: new Float64(), length: kinds.length, nullCount, nullBitmap, data });
}

function booleanCells(kinds: Uint8Array, values: Float64Array): Data<Bool> {
  const data = bitsFor(kinds.length);
  for (let at = 0; at < kinds.length; at++)
    if (kinds[at] !== CELL_KINDS.none && values[at] === 1) data[at >> 3] |= 1 << (at & 7);
  return makeData({ type: new Bool(), length: kinds.length, ...validity(kinds), data });
}

/** Room for bits, in the steps of 64 bytes in which Arrow's own builders make it. */
const bitsFor = (length: number): Uint8Array => new Uint8Array(((length + 511) >> 9) << 6);

function validity(kinds: Uint8Array): { readonly nullCount: number; readonly nullBitmap: Uint8Array } {
  const nullBitmap = bitsFor(kinds.length);
  let nullCount = 0;
  for (let at = 0; at < kinds.length; at++) {
    if (kinds[at] === CELL_KINDS.none) nullCount++;
    else nullBitmap[at >> 3] |= 1 << (at & 7);
  }
  return { nullCount, nullBitmap };
}

/** Texts become bytes at once where each letter is a byte. */
function textsOf(textAt: (at: number) => string | undefined, length: number): Data<Utf8> {
  const kinds = new Uint8Array(length);
  const valueOffsets = new Int32Array(length + 1);
  const texts: string[] = new Array(length);
  for (let at = 0; at < length; at++) {
    const text = textAt(at);
    texts[at] = text ?? '';
    kinds[at] = text === undefined ? CELL_KINDS.none : CELL_KINDS.text;
    valueOffsets[at + 1] = valueOffsets[at] + texts[at].length;
  }
  let data = Buffer.from(texts.join(''));
  if (data.length !== valueOffsets[length]) {
    const encoded = texts.map((text) => Buffer.from(text));
    for (let at = 0; at < length; at++) valueOffsets[at + 1] = valueOffsets[at] + encoded[at].length;
    data = Buffer.concat(encoded);
  }
  return makeData({ type: new Utf8(), length, ...validity(kinds), valueOffsets, data });
}

/** Cells of other types, as the values that they are. */
function recordsOf(
  { name, kinds, values }: FieldCells,
  dictionary: readonly string[],
): readonly Readonly<Record<string, FieldValue>>[] {
  return Array.from(kinds, (kind, at) =>
    kind === CELL_KINDS.none ? {} : { [name]: valueOfKind(kind, values[at], dictionary) },
  );
}

function valueOfKind(kind: number, value: number, dictionary: readonly string[]): FieldValue {
  if (kind === CELL_KINDS.number) return value;
  if (kind === CELL_KINDS.boolean) return value === 1;
  return kind === CELL_KINDS.text ? dictionary[value] : (JSON.parse(dictionary[value]) as FieldValue);
}
