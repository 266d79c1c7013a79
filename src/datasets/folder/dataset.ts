import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RecordBatch, Vector } from 'apache-arrow';
import type { FieldScope, FieldStatistics } from '../../encoding/schema/field-statistics.ts';
import type { ItemEvent, UserEvent } from '../../slate/events.ts';
import { type FieldUpdates, type FieldValue, newFields } from '../../slate/fields.ts';
import type { Impression } from '../../slate/impression.ts';
import { InputError } from '../../slate/input-error.ts';
import { DATASET_FORMAT, type ImportSummary } from '../import/import-summary.ts';
import { mergeSorted } from '../import/merge-sorted.ts';
import { columnOf, type FieldColumn, fieldValue } from './arrow-columns.ts';
import { checkArrowFile, readArrowFile } from './arrow-file.ts';
import { DATASET_FOLDER, vocabularyPath } from './write-dataset.ts';

/** One thing that happened, in the order of time; metadata comes before impressions of the same millisecond. */
export type DatasetRow =
  | { readonly kind: 'item'; readonly event: ItemEvent }
  | { readonly kind: 'user'; readonly event: UserEvent }
  | { readonly kind: 'impression'; readonly index: number; readonly impression: Impression };

/** A data set folder, opened. */
export interface Dataset {
  readonly folder: string;
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

/** Opens a data set folder. Throws `InputError` where a file is missing or cut off; that every file has its rows is known once it has been read. */
export async function openDataset(folder: string): Promise<Dataset> {
  await access(join(folder, DATASET_FOLDER.mark)).catch(() => {
    throw new InputError(
      `${folder}: expected a data set folder, found no import.json in it; make one with slatewise import <log> --out ${folder}`,
    );
  });
  const summary = await readJson<ImportSummary>(join(folder, DATASET_FOLDER.mark));
  if (summary.format !== DATASET_FORMAT) {
    throw new InputError(
      `${folder}: expected a data set of format ${DATASET_FORMAT}, found ${summary.format}; import the log again`,
    );
  }
  const fields = await readJson<FieldStatistics[]>(join(folder, 'schema.json'));
  const [items, users] = await Promise.all([
    readVocabulary(vocabularyPath(folder, 'items'), summary.items),
    readVocabulary(vocabularyPath(folder, 'users'), summary.users),
  ]);
  const path = (name: 'items' | 'users' | 'impressions'): string => join(folder, `${name}.arrow`);
  await Promise.all((['items', 'users', 'impressions'] as const).map((name) => checkArrowFile(path(name))));
  return {
    folder,
    summary,
    fields,
    async *rows() {
      const sources: AsyncIterator<DatasetRow>[] = [
        metadataRows(batchesOf(path('items'), summary.itemEvents), columnsOf('item'), (time, index, values) => ({
          kind: 'item',
          event: { event: 'item', item: items[index], time, fields: values },
        })),
        metadataRows(batchesOf(path('users'), summary.userEvents), columnsOf('user'), (time, index, values) => ({
          kind: 'user',
          event: { event: 'user', user: users[index], time, fields: values },
        })),
        impressionRows(),
      ];
      yield* mergeSorted(sources, (a, b) => timeOf(a) < timeOf(b));
    },
    async impressionFacts() {
      const { lists } = summary;
      const facts = {
        times: new Float64Array(lists),
        users: new Array<string>(lists),
        clicks: new Int32Array(lists),
        lengths: new Int32Array(lists),
      };
      for await (const { index, impression } of impressionRows()) {
        facts.times[index] = impression.ranking.time;
        facts.users[index] = impression.ranking.user;
        facts.clicks[index] = impression.clickTimesK.filter((time) => time >= 0).length;
        facts.lengths[index] = impression.ranking.items.length;
      }
      return facts;
    },
  };

  function columnsOf(scope: FieldScope): readonly FieldColumn[] {
    return fields.filter((field) => field.scope === scope).map(columnOf);
  }

  async function* impressionRows(): AsyncGenerator<Extract<DatasetRow, { kind: 'impression' }>> {
    const request = columnsOf('ranking');
    const ranked = columnsOf('rankedItem');
    let index = 0;
    for await (const batch of batchesOf(path('impressions'), summary.lists)) {
      const rows = impressionReader(batch, { request, ranked, items, users });
      for (let row = 0; row < batch.numRows; row++) yield { kind: 'impression', index: index++, impression: rows(row) };
    }
  }
}

interface ReaderOptions {
  readonly request: readonly FieldColumn[];
  readonly ranked: readonly FieldColumn[];
  readonly items: readonly string[];
  readonly users: readonly string[];
}

function impressionReader(
  batch: RecordBatch,
  { request, ranked, items, users }: ReaderOptions,
): (row: number) => Impression {
  const column = (name: string): Vector => batch.getChild(name) as Vector;
  const [id, time, user, propensity] = ['id', 'time', 'user', 'propensity'].map(column);
  const texts = (['session', 'surface', 'variant', 'policy'] as const).map((name) => [name, column(name)] as const);
  const list = {
    items: column('items'),
    position: column('position'),
    row: column('row'),
    col: column('col'),
    propensity: column('item_propensity'),
    placePropensity: column('item_place_propensity'),
    clicks: column('click_time'),
  };
  const requestFields = request.map((field) => ({ ...field, vector: column(`field.${field.name}`) }));
  const rankedFields = ranked.map((field) => ({ ...field, vector: column(`item_field.${field.name}`) }));
  return (row) => {
    const indices: Int32Array = list.items.get(row).toArray();
    const places = (['position', 'row', 'col'] as const).map(
      (name) => [name, list[name].get(row).toArray() as Int32Array] as const,
    );
    const chances = (['propensity', 'placePropensity'] as const).map(
      (name) => [name, list[name].get(row).toArray() as Float64Array] as const,
    );
    const perItem = rankedFields.map(({ vector, ...field }) => ({ ...field, vector: vector.get(row) as Vector }));
    return {
      clickTimesK: Float64Array.from(list.clicks.get(row).toArray() as Float64Array),
      ranking: {
        event: 'ranking',
        id: id.get(row),
        time: time.get(row),
        user: users[user.get(row)],
        ...Object.fromEntries(
          texts.filter(([, vector]) => vector.get(row) !== null).map(([name, vector]) => [name, vector.get(row)]),
        ),
        ...(propensity.get(row) === null ? {} : { propensity: propensity.get(row) }),
        fields: fieldsAt(requestFields, row),
        items: Array.from(indices, (item, k) => ({
          id: items[item],
          fields: fieldsAt(perItem, k),
          ...Object.fromEntries(
            [...places, ...chances].filter(([, values]) => values[k] >= 0).map(([name, values]) => [name, values[k]]),
          ),
        })),
      },
    };
  };
}

async function* metadataRows(
  batches: AsyncIterable<RecordBatch>,
  columns: readonly FieldColumn[],
  rowOf: (time: number, index: number, fields: FieldUpdates) => DatasetRow,
): AsyncGenerator<DatasetRow> {
  for await (const batch of batches) {
    const fields = columns.map((field) => ({ ...field, vector: batch.getChild(`field.${field.name}`) as Vector }));
    const time = batch.getChild('time') as Vector;
    const index = batch.getChild('index') as Vector;
    const removed = batch.getChild('removed') as Vector;
    for (let row = 0; row < batch.numRows; row++) {
      const updates: Record<string, FieldValue | null> = fieldsAt(fields, row);
      for (const name of removed.get(row) as Iterable<string>) updates[name] = null;
      yield rowOf(time.get(row), index.get(row), updates);
    }
  }
}

/** The fields of one row, each by the vector of its values. */
function fieldsAt(
  fields: readonly (FieldColumn & { readonly vector: Vector })[],
  row: number,
): Record<string, FieldValue> {
  const record = newFields<FieldValue>();
  for (const { name, type, vector } of fields) {
    const value = fieldValue(vector.get(row), type);
    if (value !== undefined) record[name] = value;
  }
  return record;
}

const timeOf = (row: DatasetRow): number => (row.kind === 'impression' ? row.impression.ranking.time : row.event.time);

async function readVocabulary(path: string, count: number): Promise<readonly string[]> {
  const ids: string[] = [];
  for await (const batch of batchesOf(path, count)) {
    const column = batch.getChild('id') as Vector;
    for (let row = 0; row < batch.numRows; row++) ids.push(column.get(row));
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
    throw new InputError(`${path}: expected the ${rows} rows that were imported, found ${found}; import the log again`);
}

async function readJson<T>(path: string): Promise<T> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as T;
  } catch (error) {
    throw new InputError(
      `${path}: expected the JSON of a data set, could not read it (${(error as Error).message}); import the log again`,
    );
  }
}
