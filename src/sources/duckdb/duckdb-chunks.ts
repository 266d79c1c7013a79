/** Chunks of DuckDB as the memory in which they lie. */
import type { DuckDBDataChunk } from '@duckdb/node-api';
import type { AskedColumn, CellForm, NumberCells, TableColumn, TextCells } from '../tables/table.ts';
import { isNumberColumn, isTimeColumn } from './duckdb-cells.ts';
import type { DuckDbMemory } from './load-duckdb.ts';
import { quotedName } from './quoted.ts';

const WHOLE = ['TINYINT', 'SMALLINT', 'INTEGER', 'BIGINT', 'UTINYINT', 'USMALLINT', 'UINTEGER', 'UBIGINT'];

export function formOf({ type }: TableColumn): CellForm | undefined {
  if (type === 'VARCHAR') return 'text';
  if (type === 'BOOLEAN') return 'truth';
  if (WHOLE.includes(type)) return 'whole';
  return isTimeColumn(type) || (isNumberColumn(type) && !type.includes('HUGEINT')) ? 'number' : undefined;
}

/** What is selected of a column that is asked for, beside its cells. */
export function selectedMemory({ name, type }: TableColumn, as: AskedColumn['as']): readonly string[] {
  const quoted = quotedName(name);
  if (as === 'text') return [`${quoted}::VARCHAR`, `hash(${quoted}::VARCHAR)`];
  if (isTimeColumn(type)) return [`epoch_ms(${quoted}::TIMESTAMP)::DOUBLE`];
  return [type === 'BOOLEAN' ? `${quoted}::INTEGER::DOUBLE` : `${quoted}::DOUBLE`];
}

/** DuckDB's own form of a text: its length, then up to 12 bytes; of a longer one 4 bytes, then where it lies. */
const TEXT_WORDS = 4;
const SHORT = 12;

/** Texts of a column of a chunk, and their hashes in the column after it. */
export function textCells(memory: DuckDbMemory, chunk: DuckDBDataChunk, column: number): TextCells {
  const count = chunk.rowCount;
  const bytes = dataOf(memory, chunk, { column, size: 4 * TEXT_WORDS });
  const words = new Int32Array(bytes.buffer, bytes.byteOffset, TEXT_WORDS * count).slice();
  const hashBytes = dataOf(memory, chunk, { column: column + 1, size: 8 });
  const hashes = new Int32Array(hashBytes.buffer, hashBytes.byteOffset, 2 * count);
  for (let row = 0; row < count; row++) {
    const at = row * TEXT_WORDS;
    if (words[at] <= SHORT) continue;
    words[at + 2] = hashes[2 * row];
    words[at + 3] = hashes[2 * row + 1];
  }
  const texts = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isEmpty = emptyIn(memory, chunk, column);
  return {
    words,
    isEmpty: (row) => isEmpty(row) || words[row * TEXT_WORDS] === 0,
    textOf(row) {
      const at = row * TEXT_WORDS;
      const isPlain = words[at] <= SHORT && ((words[at + 1] | words[at + 2] | words[at + 3]) & 0x80808080) === 0;
      if (isPlain) return texts.toString('latin1', 4 * at + 4, 4 * at + 4 + words[at]);
      return String(chunk.getColumnVector(column).getItem(row) ?? '');
    },
  };
}

export function numberCells(memory: DuckDbMemory, chunk: DuckDBDataChunk, column: number): NumberCells {
  const bytes = dataOf(memory, chunk, { column, size: 8 });
  return {
    values: new Float64Array(bytes.buffer, bytes.byteOffset, chunk.rowCount),
    isEmpty: emptyIn(memory, chunk, column),
  };
}

const dataOf = (
  memory: DuckDbMemory,
  { chunk, rowCount }: DuckDBDataChunk,
  { column, size }: { readonly column: number; readonly size: number },
): Uint8Array<ArrayBuffer> =>
  memory.vector_get_data(memory.data_chunk_get_vector(chunk, column), size * rowCount) as Uint8Array<ArrayBuffer>;

/** Whether a cell has no value. */
function emptyIn(memory: DuckDbMemory, { chunk, rowCount }: DuckDBDataChunk, column: number): (row: number) => boolean {
  const vector = memory.data_chunk_get_vector(chunk, column);
  const valid: Uint8Array | null = memory.vector_get_validity(vector, 8 * Math.ceil(rowCount / 64));
  return valid === null ? () => false : (row) => ((valid[row >> 3] >> (row & 7)) & 1) === 0;
}
