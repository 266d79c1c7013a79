/** Record batches of a data set folder to impressions. Legend: K slate. */
import type { RecordBatch } from 'apache-arrow';
import type { RankedItem, RankingEvent } from '../../slate/events.ts';
import type { Impression } from '../../slate/impression.ts';
import type { FieldColumn } from './arrow-columns.ts';
import {
  cellReader,
  columnData,
  fieldsReader,
  integersOf,
  itemFieldsReader,
  listColumn,
  numbersOf,
} from './column-reader.ts';

export interface ReaderOptions {
  readonly request: readonly FieldColumn[];
  readonly ranked: readonly FieldColumn[];
  readonly items: readonly string[];
  readonly users: readonly string[];
}

type Writable<T> = { -readonly [key in keyof T]: T[key] };

/** The impressions of a batch by row. */
export function impressionReader(
  batch: RecordBatch,
  { request, ranked, items, users }: ReaderOptions,
): (row: number) => Impression {
  const id = cellReader(columnData(batch, 'id'), 'string');
  const time = numbersOf(columnData(batch, 'time'));
  const user = integersOf(columnData(batch, 'user'));
  const texts = (['session', 'surface', 'variant', 'policy'] as const).map((name) => ({
    name,
    read: cellReader(columnData(batch, name), 'string'),
  }));
  const propensity = cellReader(columnData(batch, 'propensity'), 'number');
  const readFields = fieldsReader(batch, request);
  const shown = listColumn(columnData(batch, 'items'), integersOf);
  const clicks = listColumn(columnData(batch, 'click_time'), numbersOf);
  const readItem = itemReader(batch, ranked);
  return (row) => {
    const start = shown.offsets[row];
    const K = shown.offsets[row + 1] - start;
    const listed: RankedItem[] = [];
    for (let k = 0; k < K; k++) listed.push(readItem(items[shown.elements[start + k]], row, k));
    const ranking: Writable<RankingEvent> = {
      event: 'ranking',
      id: id(row) as string,
      time: time[row],
      user: users[user[row]],
      fields: readFields(row),
      items: listed,
    };
    for (const { name, read } of texts) {
      const value = read(row);
      if (value !== undefined) ranking[name] = value as string;
    }
    const chance = propensity(row);
    if (chance !== undefined) ranking.propensity = chance as number;
    return { clickTimesK: clicks.elements.slice(clicks.offsets[row], clicks.offsets[row + 1]), ranking };
  };
}

/** The k-th item of a row's list, whose id is known. */
function itemReader(
  batch: RecordBatch,
  ranked: readonly FieldColumn[],
): (id: string, row: number, k: number) => RankedItem {
  const numbers = [
    ...(['position', 'row', 'col'] as const).map((name) => ({
      name,
      ...listColumn<Int32Array | Float64Array>(columnData(batch, name), integersOf),
    })),
    { name: 'propensity' as const, ...listColumn(columnData(batch, 'item_propensity'), numbersOf) },
    { name: 'placePropensity' as const, ...listColumn(columnData(batch, 'item_place_propensity'), numbersOf) },
    // Below 0: the log did not tell.
  ].filter(({ elements }) => elements.some((value) => value >= 0));
  const readFields = itemFieldsReader(batch, ranked);
  return (id, row, k) => {
    const item: Writable<RankedItem> = { id, fields: readFields(row, k) };
    for (const { name, offsets, elements } of numbers) {
      const value = elements[offsets[row] + k];
      if (value >= 0) item[name] = value;
    }
    return item;
  };
}
