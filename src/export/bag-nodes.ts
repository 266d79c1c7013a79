/** Texts to rows of tables, as nodes of ONNX. Legend: n rows, T texts of the longest bag, E width of a table. */
import type { EmbeddingTable } from '../models/tables/embedding-table.ts';
import { ML_DOMAIN } from '../runtime/onnx-model.ts';
import type { GraphWriter } from './graph-writer.ts';

/** Rows of texts in a table; 0 of all others. */
export function rowsOfTexts(writer: GraphWriter, texts: string, rows: ReadonlyMap<string, number>): string {
  if (rows.size === 0) return writer.cast(writer.emit('ConstantOfShape', [writer.emit('Shape', [texts])]), 'int64');
  return writer.emit('LabelEncoder', [texts], {
    attributes: { keys_strings: { strings: [...rows.keys()] }, values_int64s: [...rows.values()], default_int64: 0 },
    domain: ML_DOMAIN,
  });
}

/** [rows, E]. */
export const tableValues = (writer: GraphWriter, { spec, values }: EmbeddingTable): string =>
  writer.floats(values, [spec.rows, spec.width]);

/** The vector of each of n ids; that of row 0 for those without a row of their own. */
export const vectorsOf = (writer: GraphWriter, rowN: string, table: EmbeddingTable): string =>
  writer.emit('Gather', [tableValues(writer, table), rowN]);

/** [n, 1]: 1 where an id has a row of its own. */
export const isKnown = (writer: GraphWriter, rowN: string): string =>
  writer.unsqueeze(writer.cast(writer.emit('Greater', [rowN, writer.integers([0], [])]), 'float32'), 1);

/**
 * [n, T] rows, of which each bag has the first `countN`, pooled to [n, E]: the known ones; row 0 once where none is known; zeros where there is no text.
 */
export function pooledBags(writer: GraphWriter, rowNT: string, countN: string, table: EmbeddingTable): string {
  const T = writer.emit('Shape', [rowNT], { attributes: { start: 1, end: 2 } });
  const place = writer.emit('Range', [writer.integers([0], []), writer.emit('Squeeze', [T]), writer.integers([1], [])]);
  const isThere = writer.emit('Less', [writer.unsqueeze(place, 0), writer.unsqueeze(countN, 1)]);
  const zero = writer.integers([0], []);
  const isInTable = writer.emit('And', [isThere, writer.emit('Greater', [rowNT, zero])]);
  const known = writer.sum(writer.cast(isInTable, 'float32'), 1, true);
  const isFirst = writer.emit('And', [isThere, writer.unsqueeze(writer.emit('Equal', [place, zero]), 0)]);
  const isNoneKnown = writer.emit('Equal', [known, writer.floats([0], [])]);
  const isUsed = writer.emit('Or', [isInTable, writer.emit('And', [isFirst, isNoneKnown])]);
  const usedNT = writer.cast(isUsed, 'float32');
  const count = writer.emit('Max', [writer.sum(usedNT, 1, true), writer.floats([1], [])]);
  const divisor = table.spec.pooling === 'mean' ? count : writer.emit('Sqrt', [count]);
  const weightN1T = writer.unsqueeze(writer.emit('Div', [usedNT, divisor]), 1);
  const pooled = writer.emit('MatMul', [weightN1T, vectorsOf(writer, rowNT, table)]);
  return writer.emit('Squeeze', [pooled, writer.integers([1])]);
}
