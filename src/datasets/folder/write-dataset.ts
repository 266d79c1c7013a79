import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FieldScope, FieldStatistics } from '../../encoding/field-values/field-statistics.ts';
import { DATASET_FOLDER, DATASET_PARTS, IMPORT_STATE } from '../../files/folder-kinds.ts';
import { MANIFEST } from '../../files/manifest.ts';
import type { RankingEvent } from '../../slate/events.ts';
import type { FieldUpdates } from '../../slate/fields.ts';
import type { JoinedImpression } from '../../sources/join/joined.ts';
import {
  columnOf,
  fieldVector,
  integerListVector,
  integerVector,
  numberListVector,
  numberVector,
  rankedFieldVector,
  textListVector,
  textVector,
} from './arrow-columns.ts';
import { type Columns, writeArrowFile } from './arrow-file.ts';

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

/** Ids as indices, in the order of first sight; written as a vocabulary file, one id per row. */
export interface SeenIds {
  indexOf(id: string): number;
  readonly ids: readonly string[];
}

/** Goes on after ids that are known. */
export function createIdTable(known: readonly string[] = []): SeenIds {
  const indices = new Map(known.map((id, index) => [id, index]));
  const ids = [...known];
  return {
    ids,
    indexOf(id) {
      const known = indices.get(id);
      if (known !== undefined) return known;
      indices.set(id, ids.length);
      ids.push(id);
      return ids.length - 1;
    },
  };
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

export async function writeImpressions(
  path: string,
  rows: AsyncIterable<JoinedImpression>,
  { statistics, keepsLines, items, users }: WriteOptions & { readonly items: SeenIds; readonly users: SeenIds },
): Promise<number> {
  const request = statistics.filter(({ scope }) => scope === 'ranking').map(columnOf);
  const ranked = statistics.filter(({ scope }) => scope === 'rankedItem').map(columnOf);
  return writeBatches(path, rows, (batch) => {
    const rankings = batch.map(({ ranking }) => ranking);
    const text = (key: 'session' | 'surface' | 'variant' | 'policy') =>
      textVector(rankings.map((each) => each[key] ?? null));
    const shown = shownBy(rankings);
    const place = (key: PlaceKey) => integerListVector(placed(rankings, key, shown));
    const chance = (key: PlaceKey) => numberListVector(placed(rankings, key, shown));
    return {
      id: textVector(rankings.map(({ id }) => id)),
      time: numberVector(rankings.map(({ time }) => time)),
      ...(keepsLines ? linesOf(batch) : {}),
      user: integerVector(rankings.map(({ user }) => users.indexOf(user))),
      session: text('session'),
      surface: text('surface'),
      variant: text('variant'),
      policy: text('policy'),
      propensity: numberVector(rankings.map(({ propensity }) => propensity ?? null)),
      items: integerListVector(rankings.map((each) => each.items.map(({ id }) => items.indexOf(id)))),
      position: place('position'),
      row: place('row'),
      col: place('col'),
      item_propensity: chance('propensity'),
      item_place_propensity: chance('placePropensity'),
      click_time: numberListVector(batch.map(({ clickTimes }) => clickTimes)),
      ...Object.fromEntries(
        request.map((column) => [
          `field.${column.name}`,
          fieldVector(
            column,
            rankings.map(({ fields }) => fields),
          ),
        ]),
      ),
      ...Object.fromEntries(
        ranked.map((column) => [
          `item_field.${column.name}`,
          rankedFieldVector(
            column,
            rankings.map((each) => each.items.map(({ fields }) => fields)),
          ),
        ]),
      ),
    };
  });
}

const linesOf = (batch: readonly { readonly line: number }[]): Columns => ({
  line: numberVector(batch.map(({ line }) => line)),
});

type PlaceKey = 'position' | 'row' | 'col' | 'propensity' | 'placePropensity';

/** What any shown item of a batch has: looking for what none has costs as much as all the rest. */
function shownBy(rankings: readonly RankingEvent[]): Readonly<Record<PlaceKey, boolean>> {
  const shown = { position: false, row: false, col: false, propensity: false, placePropensity: false };
  for (const { items } of rankings) {
    for (const item of items) {
      if (item.position !== undefined) shown.position = true;
      if (item.row !== undefined) shown.row = true;
      if (item.col !== undefined) shown.col = true;
      if (item.propensity !== undefined) shown.propensity = true;
      if (item.placePropensity !== undefined) shown.placePropensity = true;
    }
  }
  return shown;
}

/** One number of every item of every list; -1 where there is none. */
function placed(
  rankings: readonly RankingEvent[],
  key: PlaceKey,
  shown: Readonly<Record<PlaceKey, boolean>>,
): readonly (readonly number[])[] {
  if (shown[key]) return rankings.map(({ items }) => items.map((item) => item[key] ?? -1));
  const none: number[][] = [];
  return rankings.map(({ items: { length } }) => (none[length] ??= new Array<number>(length).fill(-1)));
}

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
