import type { RecordBatch } from 'apache-arrow';
import type { Impression } from '../../slate/impression.ts';
import { cellReader, columnData, integersOf, listColumn, numbersOf } from './column-reader.ts';
import { impressionReader, type ReaderOptions } from './impression-reader.ts';

/** Lists of a data set that lie together, by columns. Legend: B lists, S slots. */
export interface ListBatch {
  /** Index of its first list in the data set. */
  readonly first: number;
  readonly count: number;
  readonly timeB: Float64Array;
  /** Number of the user. */
  readonly userB: Int32Array;
  /** Slots of list b: `[offsets[b], offsets[b + 1])`. */
  readonly offsets: Int32Array;
  /** Number of the item. */
  readonly itemS: Int32Array;
  /** Below 0: the log did not tell. */
  readonly positionS: Int32Array;
  /** Below 0: not clicked. */
  readonly clickTimeS: Float64Array;
  idOf(row: number): string;
  impressionOf(row: number): Impression;
}

export function listBatch(
  batch: RecordBatch,
  { first, count, ...options }: ReaderOptions & { readonly first: number; readonly count: number },
): ListBatch {
  const id = cellReader(columnData(batch, 'id'), 'string');
  const items = listColumn(columnData(batch, 'items'), integersOf);
  return {
    first,
    count,
    timeB: numbersOf(columnData(batch, 'time')),
    userB: integersOf(columnData(batch, 'user')),
    offsets: items.offsets,
    itemS: items.elements,
    // Columns of the slots have their lists' lengths, and so the same places.
    positionS: listColumn(columnData(batch, 'position'), integersOf).elements,
    clickTimeS: listColumn(columnData(batch, 'click_time'), numbersOf).elements,
    idOf: (row) => id(row) as string,
    impressionOf: impressionReader(batch, options),
  };
}
