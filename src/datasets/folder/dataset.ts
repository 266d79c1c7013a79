import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { RecordBatch } from 'apache-arrow';
import type { FieldScope, FieldStatistics } from '../../encoding/field-values/field-statistics.ts';
import { DATASET_FOLDER } from '../../files/folder-kinds.ts';
import { refuseNoPath } from '../../files/output-folder.ts';
import type { ItemEvent, UserEvent } from '../../slate/events.ts';
import type { FieldUpdates, FieldValue } from '../../slate/fields.ts';
import type { Impression } from '../../slate/impression.ts';
import { InputError } from '../../slate/input-error.ts';
import { columnOf, type FieldColumn } from './arrow-columns.ts';
import { readArrowFile } from './arrow-file.ts';
import { cellReader, columnData, fieldsReader, integersOf, listColumn, numbersOf, textsOf } from './column-reader.ts';
import type { ImportSummary } from './import-summary.ts';
import { impressionReader } from './impression-reader.ts';
import { type ListBatch, listBatch } from './list-batch.ts';
import { mergeSorted } from './merge-sorted.ts';
import { type DatasetPart, openParts } from './parts.ts';
import { vocabularyPath } from './write-dataset.ts';

/**
 * One thing that happened, in the order of time. Of the same millisecond those of a journal come in the order of their lines; of a log, which has none here, metadata come before
 * impressions.
 */
export type DatasetRow = { readonly line?: number } & (
  | { readonly kind: 'item'; readonly event: ItemEvent }
  | { readonly kind: 'user'; readonly event: UserEvent }
  | { readonly kind: 'impression'; readonly index: number; readonly impression: Impression }
);

/** A data set folder, opened. */
export interface Dataset extends JoinedLog {
  readonly folder: string;
}

/** The same, read by columns too. */
export interface OpenedDataset extends Dataset {
  /** Ids of items and users by the numbers that columns have. */
  readonly ids: { readonly items: readonly string[]; readonly users: readonly string[] };
  /** Its lists by columns, in time order. */
  listBatches(): AsyncGenerator<ListBatch>;
  /** What is told of items and users, in time order; of all users, or of those whose number is wanted. */
  metadata(isWanted?: (user: number) => boolean): AsyncGenerator<ToldRow>;
}

/** What is told of an item or a user. */
export type ToldRow = Exclude<DatasetRow, { readonly kind: 'impression' }>;

/** A log whose clicks are joined to their lists, wherever it lies. */
export interface JoinedLog {
  readonly summary: ImportSummary;
  readonly fields: readonly FieldStatistics[];
  /** Streams everything in time order. */
  rows(): AsyncGenerator<DatasetRow>;
  /** Time, user and length of every impression, in order: enough to split by. */
  impressionFacts(): Promise<ImpressionFacts>;
}

export interface ImpressionFacts {
  readonly times: Float64Array;
  readonly users: readonly string[];
  readonly clicks: Int32Array;
  readonly lengths: Int32Array;
}

/** Opens a data set folder. Throws `InputError` where a file is missing, cut off, or not the one that was imported; that every file has its rows is known once it has been read. */
export async function openDataset(folder: string): Promise<OpenedDataset> {
  refuseNoPath(folder, { place: 'the data set', remedy: 'name its folder', code: 'dataset-missing' });
  await access(join(folder, DATASET_FOLDER.mark)).catch(() => {
    throw new InputError(
      `${folder}: expected a data set folder, found no import.json in it; make one with importLog, or on the command line with npx slatewise import <log> --out ${folder}`,
      'dataset-missing',
    );
  });
  const parts = await openParts(folder);
  const { summary, fields } = parts[parts.length - 1];
  const [items, users] = await Promise.all([readVocabulary(parts, 'items'), readVocabulary(parts, 'users')]);
  const metadata = (isWanted: (user: number) => boolean): readonly AsyncGenerator<ToldRow>[] => [
    metadataRows(parts, 'item', {
      isWanted: () => true,
      rowOf: (time, index, values) => ({
        kind: 'item',
        event: { event: 'item', item: items[index], time, fields: values },
      }),
    }),
    metadataRows(parts, 'user', {
      isWanted,
      rowOf: (time, index, values) => ({
        kind: 'user',
        event: { event: 'user', user: users[index], time, fields: values },
      }),
    }),
  ];
  return {
    folder,
    summary,
    fields,
    ids: { items, users },
    async *rows() {
      yield* mergeSorted<DatasetRow>([...metadata(() => true), impressionRows()], isBefore);
    },
    async *listBatches() {
      let first = 0;
      for await (const { part, batch, count } of impressionBatches(parts)) {
        yield listBatch(batch, { ...listColumns(part), items, users, first, count });
        first += count;
      }
    },
    async *metadata(isWanted = () => true) {
      yield* mergeSorted(metadata(isWanted), isBefore);
    },
    async impressionFacts() {
      const { lists } = summary;
      const facts = {
        times: new Float64Array(lists),
        users: new Array<string>(lists),
        clicks: new Int32Array(lists),
        lengths: new Int32Array(lists),
      };
      let list = 0;
      for await (const { batch, count } of impressionBatches(parts)) {
        const time = numbersOf(columnData(batch, 'time'));
        const user = integersOf(columnData(batch, 'user'));
        const { offsets, elements } = listColumn(columnData(batch, 'click_time'), numbersOf);
        for (let row = 0; row < count; row++, list++) {
          facts.times[list] = time[row];
          facts.users[list] = users[user[row]];
          facts.lengths[list] = offsets[row + 1] - offsets[row];
          for (let slot = offsets[row]; slot < offsets[row + 1]; slot++) if (elements[slot] >= 0) facts.clicks[list]++;
        }
      }
      return facts;
    },
  };

  async function* impressionRows(): AsyncGenerator<Extract<DatasetRow, { kind: 'impression' }>> {
    let index = 0;
    for await (const { part, batch, count } of impressionBatches(parts)) {
      const rows = impressionReader(batch, { ...listColumns(part), items, users });
      const lineAt = lineReader(batch);
      for (let row = 0; row < count; row++)
        yield { ...lineAt(row), kind: 'impression', index: index++, impression: rows(row) };
    }
  }
}

/** The columns of a part's lists, and of the items in them. */
export const listColumns = ({
  fields,
}: DatasetPart): { readonly request: readonly FieldColumn[]; readonly ranked: readonly FieldColumn[] } => ({
  request: columnsOf(fields, 'ranking'),
  ranked: columnsOf(fields, 'rankedItem'),
});

const columnsOf = (fields: readonly FieldStatistics[], scope: FieldScope): readonly FieldColumn[] =>
  fields.filter((field) => field.scope === scope).map(columnOf);

/** The batches of all parts; of each the first `count` lists still count. What is added is later than all before: the parts follow one another in time. */
async function* impressionBatches(
  parts: readonly DatasetPart[],
): AsyncGenerator<{ readonly part: DatasetPart; readonly batch: RecordBatch; readonly count: number }> {
  for (const part of parts) {
    let left = part.kept;
    for await (const batch of batchesOf(join(part.folder, 'impressions.arrow'), part.rows.lists)) {
      const count = Math.min(left, batch.numRows);
      left -= count;
      if (count > 0) yield { part, batch, count };
    }
  }
}

interface MetadataReader {
  readonly isWanted: (index: number) => boolean;
  readonly rowOf: (time: number, index: number, fields: FieldUpdates) => ToldRow;
}

async function* metadataRows(
  parts: readonly DatasetPart[],
  scope: 'item' | 'user',
  { isWanted, rowOf }: MetadataReader,
): AsyncGenerator<ToldRow> {
  for await (const { part, batch } of metadataBatches(parts, scope)) {
    const readFields = fieldsReader(batch, columnsOf(part.fields, scope));
    const time = numbersOf(columnData(batch, 'time'));
    const index = integersOf(columnData(batch, 'index'));
    const lineAt = lineReader(batch);
    const removed = listColumn(columnData(batch, 'removed'), (data) => cellReader(data, 'string'));
    for (let row = 0; row < batch.numRows; row++) {
      if (!isWanted(index[row])) continue;
      const fields: Record<string, FieldValue | null> = readFields(row);
      for (let at = removed.offsets[row]; at < removed.offsets[row + 1]; at++)
        fields[removed.elements(at) as string] = null;
      yield { ...lineAt(row), ...rowOf(time[row], index[row], fields) };
    }
  }
}

async function* metadataBatches(
  parts: readonly DatasetPart[],
  scope: 'item' | 'user',
): AsyncGenerator<{ readonly part: DatasetPart; readonly batch: RecordBatch }> {
  for (const part of parts)
    for await (const batch of batchesOf(join(part.folder, `${scope}s.arrow`), part.rows[`${scope}Events`]))
      if (batch.numRows > 0) yield { part, batch };
}

/** The lines of a batch, where its data set keeps them. */
function lineReader(batch: RecordBatch): (row: number) => { readonly line?: number } {
  if (!batch.schema.names.includes('line')) return () => ({});
  const lines = numbersOf(columnData(batch, 'line'));
  return (row) => ({ line: lines[row] });
}

const isBefore = (a: DatasetRow, b: DatasetRow): boolean =>
  timeOf(a) < timeOf(b) || (timeOf(a) === timeOf(b) && (a.line ?? 0) < (b.line ?? 0));

const timeOf = (row: DatasetRow): number => (row.kind === 'impression' ? row.impression.ranking.time : row.event.time);

/** The ids of all parts: each goes on where the one before ended. */
export async function readVocabulary(
  parts: readonly DatasetPart[],
  name: 'items' | 'users',
): Promise<readonly string[]> {
  const ids: string[] = [];
  for (const { folder, rows } of parts) {
    for await (const batch of batchesOf(vocabularyPath(folder, name), rows[name])) {
      if (batch.numRows === 0) continue;
      const textAt = textsOf(columnData(batch, 'id'));
      for (let row = 0; row < batch.numRows; row++) ids.push(textAt(row));
    }
  }
  return ids;
}

/** The batches of a file, which must have as many rows as its import counted. */
async function* batchesOf(path: string, rows: number): AsyncGenerator<RecordBatch> {
  let found = 0;
  for await (const batch of readArrowFile(path)) {
    found += batch.numRows;
    yield batch;
  }
  if (found !== rows)
    throw new InputError(
      `${path}: expected the ${rows} rows that were imported, found ${found}; import the log again`,
      'dataset-damaged',
    );
}
