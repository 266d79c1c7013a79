import { InvalidArgumentError, Option } from 'commander';
import { type ColumnMap, readColumnMap } from '../../sources/csv/column-map.ts';
import { csvSource } from '../../sources/csv/csv-source.ts';
import type { EventSource } from '../../sources/event-source.ts';

/** Read where it is given; a column that the file does not have is told when the file is read. */
export const mapOption = (): Option =>
  new Option(
    '--map <columns>',
    `of a CSV file with a row for every shown item: which column holds what, such as list=search_id,user=user_id,time=shown_at,item=product_id,position=pos,clicked=click; all other columns are fields of the shown item`,
  ).argParser((text) => {
    try {
      return readColumnMap(text);
    } catch (error) {
      throw new InvalidArgumentError((error as Error).message.replace(/^e/, 'E'));
    }
  });

/** A log, or with a map a table of lists. */
export const logSource = (log: string, map: ColumnMap | undefined): string | EventSource =>
  map === undefined ? log : csvSource(log, map);
