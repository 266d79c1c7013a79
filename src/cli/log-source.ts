import type { EventSource } from '../sources/event-source.ts';
import { holdsTables, type ToldColumns, tableSource } from '../sources/open-source.ts';
import type { ColumnMap } from '../sources/tables/column-map.ts';

/** What `--map` says in place of the settings. */
export const toldColumns = (map: ColumnMap | undefined, { columns, tables }: ToldColumns): ToldColumns => {
  const { list, time, item } = map ?? {};
  if (list === undefined || time === undefined || item === undefined) return { columns, tables };
  return { columns: { ...map, list, time, item } };
};

/** A log of events, or tables whose columns `--map` or the settings tell. */
export async function logSource(
  log: string,
  map: ColumnMap | undefined,
  settings: ToldColumns,
): Promise<string | EventSource> {
  const told = toldColumns(map, settings);
  return map !== undefined || (await holdsTables(log, told)) ? tableSource(log, told) : log;
}
