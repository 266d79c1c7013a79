import { type AskedPath, refuseNoPath } from '../../files/output-folder.ts';
import { type ArgumentForm, checkArgument } from '../../slate/check-argument.ts';
import type { EventSource } from '../event-source.ts';
import { NEEDED } from '../tables/column-map.ts';
import { shownRowsSource } from '../tables/shown-rows.ts';
import type { ShownColumns } from '../tables/table-columns.ts';
import { csvTable } from './csv-table.ts';

/**
 * A table with a row for every shown item, plain or gzipped, the names of its columns on the first line. `map` says which column holds what; all others are fields of the shown item. The rows of
 * a list stand one after the other; without positions their order counts. A click of `clicked` counts at the time of its list. A list with a row that cannot be read is rejected as a whole.
 * Throws `InputError` where a named column is not there, or the rows of a list stand apart.
 */
export function csvSource(path: string, map: ShownColumns): EventSource {
  refuseNoPath(path, TABLE);
  checkArgument(map, 'csvSource', MAP);
  return shownRowsSource(csvTable(path), map);
}

const TABLE: AskedPath = { place: 'the table', remedy: 'name a CSV file', code: 'file-not-found' };
const MAP: ArgumentForm = {
  expected: `a column for each of ${NEEDED.join(', ')}`,
  remedy: "write { list: 'search_id', time: 'shown_at', item: 'product_id' }",
  parts: NEEDED,
};
