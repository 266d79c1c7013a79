import { isShared, sharedMemory } from '../node/shared-memory.ts';
import type { EncodedSlates } from './encoded-slates.ts';

/** The same columns in memory that other threads can read; what lies there already is not copied. */
export const sharedColumns = (columns: EncodedSlates): EncodedSlates => shared(columns) as EncodedSlates;

/** Whether all of them lie there. */
export const areShared = (columns: EncodedSlates): boolean => arraysIn(columns).every(({ buffer }) => isShared(buffer));

type Column = Float32Array | Float64Array | Int32Array | Uint8Array;

function shared(value: unknown): unknown {
  if (ArrayBuffer.isView(value)) return sharedArray(value as Column);
  if (Array.isArray(value)) return value.map(shared);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, shared(part)]));
}

function sharedArray(column: Column): Column {
  if (isShared(column.buffer)) return column;
  const copy = new (column.constructor as new (memory: ArrayBufferLike) => Column)(sharedMemory(column.byteLength));
  copy.set(column);
  return copy;
}

function arraysIn(value: unknown): readonly Column[] {
  if (ArrayBuffer.isView(value)) return [value as Column];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(arraysIn) : [];
}
