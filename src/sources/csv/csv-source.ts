import { type AskedPath, refuseNoPath } from '../../files/output-folder.ts';
import { type ArgumentForm, checkArgument } from '../../slate/check-argument.ts';
import { InputError } from '../../slate/input-error.ts';
import { unknownName } from '../../slate/nearest-name.ts';
import { type ParseOptions, parseEvent } from '../../slate/parse-event.ts';
import { RejectedEvent } from '../../slate/rejected-event.ts';
import type { EventSource, SourceRecord } from '../event-source.ts';
import { type ColumnMap, NEEDED, ROLES, type Role } from './column-map.ts';
import { type CsvRow, readCsvRows } from './csv-rows.ts';

/** A table: the names of its columns, and where each role stands among them. */
interface Columns {
  readonly header: readonly string[];
  readonly at: Readonly<Partial<Record<Role, number>>>;
}

/**
 * A table with a row for every shown item, plain or gzipped, the names of its columns on the first line. `map` says which column holds what; all others are fields of the shown item. The rows of
 * a list stand one after the other; without positions their order counts. A click counts at the time of its list. A list with a row that cannot be read is rejected as a whole. The ids of all
 * lists are held in memory. Throws `InputError` where a named column is not there, or the rows of a list stand apart.
 */
export function csvSource(path: string, map: ColumnMap): EventSource {
  refuseNoPath(path, TABLE);
  checkArgument(map, 'csvSource', MAP);
  return { name: path, records: (options) => readLists(path, map, options) };
}

const TABLE: AskedPath = { place: 'the table', remedy: 'name a CSV file', code: 'file-not-found' };
const MAP: ArgumentForm = {
  expected: `a column for each of ${NEEDED.join(', ')}`,
  remedy: "write { list: 'search_id', time: 'shown_at', item: 'product_id' }",
  parts: NEEDED,
};

async function* readLists(path: string, map: ColumnMap, options: ParseOptions = {}): AsyncGenerator<SourceRecord> {
  const ended = new Set<string>();
  let columns: Columns | undefined;
  let rows: CsvRow[] = [];
  for await (const row of readCsvRows(path)) {
    if (columns === undefined) {
      columns = columnsOf(row.texts, map, path);
      continue;
    }
    const id = textOf(row, columns, 'list');
    if (rows.length > 0 && (id === '' || id !== textOf(rows[0], columns, 'list'))) {
      yield* recordsOf(rows, columns, options);
      rows = [];
    }
    if (rows.length === 0 && ended.has(id))
      throw new InputError(
        `${path}: expected the rows of a list one after the other, found list ${id} again on line ${row.line}; sort the file by ${map.list}`,
        'file-damaged',
      );
    if (id !== '') ended.add(id);
    rows.push(row);
  }
  if (columns === undefined)
    throw new InputError(`${path}: expected CSV, found an empty file; export at least one list`, 'no-lists');
  if (rows.length > 0) yield* recordsOf(rows, columns, options);
}

function columnsOf(header: readonly string[], map: ColumnMap, path: string): Columns {
  const at: Partial<Record<Role, number>> = {};
  for (const role of ROLES) {
    const column = map[role];
    if (column === undefined) continue;
    const index = header.indexOf(column);
    if (index < 0) throw new InputError(`${path}: column of ${role}: ${unknownName(column, header)}`, 'unknown-name');
    at[role] = index;
  }
  return { header, at };
}

const textOf = ({ texts }: CsvRow, { at }: Columns, role: Role): string =>
  at[role] === undefined ? '' : (texts[at[role]] ?? '');

/** The list, then its clicks; one rejection where a row cannot be read. */
function recordsOf(rows: readonly CsvRow[], columns: Columns, options: ParseOptions): readonly SourceRecord[] {
  const [first] = rows;
  const { line } = first;
  const raw = JSON.stringify(rows.map(({ texts }) => texts));
  try {
    for (const row of rows) checkRow(row, columns);
    const shared = { timestamp: textOf(first, columns, 'time'), user: textOf(first, columns, 'user') };
    const id = textOf(first, columns, 'list');
    const items = rows.map((row) => itemOf(row, columns));
    const clicked = rows.filter((row) => isClick(row, columns));
    return [
      { line, raw, event: parseEvent({ event: 'ranking', id, ...shared, items }, options) },
      ...clicked.map((row) => {
        const item = textOf(row, columns, 'item');
        const click = { event: 'interaction', ranking: id, ...shared, type: 'click', item };
        return { line: row.line, raw: JSON.stringify(row.texts), event: parseEvent(click) };
      }),
    ];
  } catch (error) {
    if (!(error instanceof RejectedEvent)) throw error;
    return [{ line, raw, reason: error.reason, message: error.message }];
  }
}

function checkRow(row: CsvRow, { header }: Columns): void {
  if (row.texts.length !== header.length)
    throw new RejectedEvent(
      'bad-value',
      `expected ${header.length} columns in each row, found ${row.texts.length} on line ${row.line}`,
    );
  if (row.texts.some((text) => text.includes('\uFFFD')))
    throw new RejectedEvent('broken-utf8', `expected UTF-8, found bytes on line ${row.line} that are not`);
}

function itemOf({ texts, line }: CsvRow, { header, at }: Columns): object {
  const used = new Set(Object.values(at));
  const position = at.position === undefined ? undefined : texts[at.position];
  if (position !== undefined && !/^\d+$/.test(position))
    throw new RejectedEvent(
      'bad-value',
      `expected a whole number as the position, found "${position}" on line ${line}`,
    );
  return {
    id: texts[at.item ?? -1],
    ...(position === undefined ? {} : { position: Number(position) }),
    fields: header.flatMap((name, column) =>
      used.has(column) || texts[column] === '' ? [] : [{ name, value: texts[column] }],
    ),
  };
}

const YES = /^([1-9]\d*|true|yes|y|t)$/i;
const NO = /^(0|false|no|n|f|)$/i;

function isClick(row: CsvRow, columns: Columns): boolean {
  const text = textOf(row, columns, 'clicked');
  if (YES.test(text)) return true;
  if (NO.test(text)) return false;
  throw new RejectedEvent(
    'bad-value',
    `expected 0 or 1, or true or false, as the click, found "${text}" on line ${row.line}`,
  );
}
