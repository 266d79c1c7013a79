import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FieldScope, FieldStatistics } from '../../encoding/field-values/field-statistics.ts';
import { DATASET_FOLDER, DATASET_PARTS, IMPORT_STATE } from '../../files/folder-kinds.ts';
import { MANIFEST } from '../../files/manifest.ts';
import type { FieldUpdates } from '../../slate/fields.ts';
import type { ListBlock, ListPlace, ListText } from '../../sources/blocks/list-block.ts';
import { createListBlockBuilder } from '../../sources/blocks/list-block-builder.ts';
import type { SeenIds } from '../../sources/blocks/seen-ids.ts';
import { columnOf, fieldVector, integerVector, numberVector, textListVector, textVector } from './arrow-columns.ts';
import { type Columns, writeArrowFile } from './arrow-file.ts';
import {
  codedTexts,
  integerColumn,
  integerLists,
  numberColumn,
  numberLists,
  optionalNumbers,
  plainTexts,
  rankedColumn,
  requestColumn,
} from './block-columns.ts';

/** The files that a manifest binds together; rejected lines are for people, the state for what adds to the data set. */
export const DATASET_FILES: readonly string[] = [DATASET_FOLDER.mark, ...DATASET_FOLDER.others].filter(
  (name) => ![MANIFEST, 'rejected.jsonl', IMPORT_STATE, DATASET_PARTS].includes(name),
);

/** Impressions (or metadata rows) per record batch. */
const BATCH = 4096;

/** What an event tells of an item or a user. */
export interface MetadataRow {
  readonly time: number;
  readonly line: number;
  readonly id: string;
  readonly fields: FieldUpdates;
}

export interface WriteOptions {
  readonly statistics: readonly FieldStatistics[];
  /** Writes the line of every row: by it rows of one millisecond are ordered. */
  readonly keepsLines: boolean;
}

export async function writeMetadata(
  path: string,
  rows: AsyncIterable<MetadataRow>,
  { statistics, keepsLines, scope, ids }: WriteOptions & { readonly scope: FieldScope; readonly ids: SeenIds },
): Promise<void> {
  const columns = statistics.filter((field) => field.scope === scope).map(columnOf);
  await writeBatches(path, rows, (batch) => ({
    index: integerVector(batch.map(({ id }) => ids.indexOf(id))),
    time: numberVector(batch.map(({ time }) => time)),
    ...(keepsLines ? linesOf(batch) : {}),
    removed: textListVector(batch.map(({ fields }) => Object.keys(fields).filter((name) => fields[name] === null))),
    ...Object.fromEntries(
      columns.map((column) => [
        `field.${column.name}`,
        fieldVector(
          column,
          batch.map(({ fields }) => fields),
        ),
      ]),
    ),
  }));
}

/** Lists in their order, a block at a time. Ids are given indices in the order of first sight. */
export async function writeImpressions(
  path: string,
  blocks: AsyncIterable<ListBlock>,
  {
    statistics,
    keepsLines,
    codes,
    items,
    users,
  }: WriteOptions & {
    /** What the codes of the blocks mean. */
    readonly codes: { readonly items: SeenIds; readonly users: SeenIds };
    readonly items: SeenIds;
    readonly users: SeenIds;
  },
): Promise<void> {
  const request = statistics.filter(({ scope }) => scope === 'ranking').map(columnOf);
  const ranked = statistics.filter(({ scope }) => scope === 'rankedItem').map(columnOf);
  const itemOf = indicesOf(codes.items, items);
  const userOf = indicesOf(codes.users, users);
  await writeArrowFile(path, async (writer) => {
    let count = 0;
    for await (const block of blocks) {
      await writer.write(columnsOfBlock(block));
      count += block.count;
    }
    if (count === 0) await writer.write(columnsOfBlock(createListBlockBuilder(0).finish()));
  });

  function columnsOfBlock(block: ListBlock): Columns {
    const { count, starts, places, texts, dictionary } = block;
    const text = (key: ListText) => codedTexts(texts[key], dictionary, count);
    const slots = block.items.length;
    const place = (key: ListPlace) =>
      integerLists(places[key] ? Int32Array.from(places[key]) : new Int32Array(slots).fill(-1), starts);
    const chance = (key: ListPlace) => numberLists(places[key] ?? new Float64Array(slots).fill(-1), starts);
    return {
      id: plainTexts(block.ids),
      time: numberColumn(block.times),
      ...(keepsLines ? { line: numberColumn(block.lines) } : {}),
      user: integerColumn(block.users.map(userOf)),
      session: text('session'),
      surface: text('surface'),
      variant: text('variant'),
      policy: text('policy'),
      propensity: optionalNumbers(block.propensities, count),
      items: integerLists(block.items.map(itemOf), starts),
      position: place('position'),
      row: place('row'),
      col: place('col'),
      item_propensity: chance('propensity'),
      item_place_propensity: chance('placePropensity'),
      click_time: numberLists(block.clickTimes, starts),
      ...Object.fromEntries(request.map((column) => [`field.${column.name}`, requestColumn(column, block)])),
      ...Object.fromEntries(ranked.map((column) => [`item_field.${column.name}`, rankedColumn(column, block)])),
    };
  }
}

/** From codes, which stand in the order in which ids came, to indices in the order in which they are written. */
function indicesOf(codes: SeenIds, written: SeenIds): (code: number) => number {
  const indices = new Int32Array(codes.ids.length).fill(-1);
  return (code) => {
    if (indices[code] < 0) indices[code] = written.indexOf(codes.ids[code]);
    return indices[code];
  };
}

const linesOf = (batch: readonly { readonly line: number }[]): Columns => ({
  line: numberVector(batch.map(({ line }) => line)),
});

/** Of an id table that went on after others: those from `first` on. */
export const writeVocabulary = (path: string, { ids }: SeenIds, first = 0): Promise<void> =>
  writeArrowFile(path, async (writer) => {
    for (let start = first; start === first || start < ids.length; start += 16 * BATCH) {
      await writer.write({ id: textVector(ids.slice(start, start + 16 * BATCH)) });
    }
  });

export const writeJson = (path: string, value: unknown): Promise<void> =>
  writeFile(path, `${JSON.stringify(value, null, 2)}\n`);

const writeBatches = <T>(
  path: string,
  rows: AsyncIterable<T>,
  columnsOf: (batch: readonly T[]) => Columns,
): Promise<number> =>
  writeArrowFile(path, async (writer) => {
    let batch: T[] = [];
    let count = 0;
    for await (const row of rows) {
      batch.push(row);
      count++;
      if (batch.length === BATCH) {
        await writer.write(columnsOf(batch));
        batch = [];
      }
    }
    if (batch.length > 0 || count === 0) await writer.write(columnsOf(batch));
    return count;
  });

export const vocabularyPath = (folder: string, name: 'items' | 'users'): string =>
  join(folder, `${name}-vocabulary.arrow`);
