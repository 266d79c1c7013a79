import type { ColumnMap } from '../sources/csv/column-map.ts';
import { csvSource } from '../sources/csv/csv-source.ts';
import type { EventSource } from '../sources/event-source.ts';

/** A log, or with a map a table of lists. */
export const logSource = (log: string, map: ColumnMap | undefined): string | EventSource =>
  map === undefined ? log : csvSource(log, map);
