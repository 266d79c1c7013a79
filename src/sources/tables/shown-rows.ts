/** Rows of shown items as events: the rows of a list stand one after the other. */
import { withBlocks } from '../blocks/event-block.ts';
import { blocksOfRecords } from '../blocks/record-blocks.ts';
import type { BlockOptions, EventSource, SourceOptions, SourceRecord } from '../event-source.ts';
import { createRecentIds } from './recent-ids.ts';
import { apart, listIdOf, type Reading, recordsOf } from './rows-of-list.ts';
import { shownBlocks } from './shown-blocks.ts';
import { shownPlaces, shownReading } from './shown-places.ts';
import type { OpenTable, Table, TableReading, TableRow } from './table.ts';
import type { ShownColumns } from './table-columns.ts';

/**
 * A table with a row for every shown item as a source. `map` says which column holds what; all others are fields of the shown item. Without positions the order of rows counts. A click of `clicked`
 * counts at the time of its list. A list with a row that cannot be read is rejected as a whole. Throws `InputError` where a named column is not there, or the rows of a list stand apart (among the
 * last million lists).
 */
export function shownRowsSource(table: Table, map: ShownColumns): EventSource {
  const source: EventSource = {
    name: table.name,
    async *records(options: SourceOptions = {}) {
      const open = await table.open();
      try {
        const { reading, places } = asked(open, table, { map, options });
        yield* listsOf(open.rows(places), reading);
      } finally {
        await open.close?.();
      }
    },
  };
  if (!table.isChunked) return source;
  return withBlocks(source, async function* (codes, options) {
    const open = await table.open();
    try {
      const { reading, places } = asked(open, table, { map, options });
      yield* shownBlocks(open, places, { ...reading, codes }) ??
        blocksOfRecords(listsOf(open.rows(places), reading), codes);
    } finally {
      await open.close?.();
    }
  });
}

function asked(
  open: OpenTable,
  table: Table,
  { map, options }: { readonly map: ShownColumns; readonly options: BlockOptions },
): { readonly reading: Reading; readonly places: TableReading } {
  const columns = shownPlaces(open, table.name, map);
  return {
    reading: { columns, map, name: table.name, options },
    places: shownReading(open, { table, map, places: columns, since: options.since }),
  };
}

/** The records of rows of which those of a list stand one after the other. */
async function* listsOf(rows: AsyncIterable<TableRow>, reading: Reading): AsyncGenerator<SourceRecord> {
  const ended = createRecentIds();
  let held: TableRow[] = [];
  let heldId = '';
  for await (const row of rows) {
    const id = listIdOf(row, reading);
    if (held.length > 0 && (id === '' || id !== heldId)) {
      yield* recordsOf(held, reading);
      held = [];
    }
    if (held.length === 0 && id !== '') {
      if (ended.has(id)) throw apart(id, row, reading);
      ended.add(id);
    }
    heldId = id;
    held.push(row);
  }
  if (held.length > 0) yield* recordsOf(held, reading);
}
