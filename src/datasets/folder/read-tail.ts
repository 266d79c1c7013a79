/** The last lists of a data set, read from its end. */
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { AsyncRecordBatchFileReader, type RecordBatch, RecordBatchReader } from 'apache-arrow';
import type { Impression } from '../../slate/impression.ts';
import { columnData, numbersOf } from './column-reader.ts';
import { listColumns } from './dataset.ts';
import { impressionReader } from './impression-reader.ts';
import type { DatasetPart } from './parts.ts';

export interface Tail {
  /** In the order of their times. */
  readonly impressions: readonly Impression[];
  /** Of each part, how many of its lists are earlier. */
  readonly kept: readonly number[];
}

/** The lists of `from` and later. Only the batches that hold them are read. */
export async function readTail(
  parts: readonly DatasetPart[],
  from: number,
  ids: { readonly items: readonly string[]; readonly users: readonly string[] },
): Promise<Tail> {
  const kept = parts.map((part) => part.kept);
  const impressions: Impression[] = [];
  for (let at = parts.length - 1; at >= 0; at--) {
    const part = parts[at];
    // Where the batches that were not yet read end, in rows of the file.
    let end = part.rows.lists;
    for await (const batch of fromTheEnd(join(part.folder, 'impressions.arrow'))) {
      const start = end - batch.numRows;
      const time = numbersOf(columnData(batch, 'time'));
      const rows = impressionReader(batch, { ...listColumns(part), ...ids });
      for (let row = Math.min(batch.numRows, part.kept - start) - 1; row >= 0; row--) {
        if (time[row] < from) return { impressions: impressions.reverse(), kept };
        impressions.push(rows(row));
        kept[at]--;
      }
      end = start;
    }
  }
  return { impressions: impressions.reverse(), kept };
}

async function* fromTheEnd(path: string): AsyncGenerator<RecordBatch> {
  const file = await open(path);
  try {
    const reader = await RecordBatchReader.from(file);
    if (!(reader instanceof AsyncRecordBatchFileReader))
      throw new TypeError(`${path}: expected a file, found a stream`);
    await reader.open();
    for (let index = reader.numRecordBatches - 1; index >= 0; index--) {
      const batch = await reader.readRecordBatch(index);
      if (batch && batch.numRows > 0) yield batch;
    }
  } finally {
    await file.close().catch(() => undefined);
  }
}
