/** Lists of a Parquet file of one row per item, as `python/slatewise_spark` writes them: list, user, time, item, position, and fields as JSON. */
import { type AsyncBuffer, asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { InputError } from '../../slate/input-error.ts';
import { type ParseOptions, parseEvent } from '../../slate/parse-event.ts';
import { RejectedEvent } from '../../slate/rejected-event.ts';
import type { SourceRecord } from '../event-source.ts';

interface Row {
  readonly list: string;
  readonly user?: string | null;
  readonly time: bigint | number;
  readonly item: string;
  readonly position?: number | null;
  readonly fields?: string | null;
  readonly item_fields?: string | null;
}

const COLUMNS = ['list', 'time', 'item'] as const;

/** One record per list, in the order in which the lists begin; its line is that of its first row. The rows of a list are in one file, which is held in memory. Throws `InputError` for a file of another kind. */
export async function* readListRows(path: string, options: ParseOptions = {}): AsyncGenerator<SourceRecord> {
  const lists = new Map<string, { readonly line: number; readonly rows: Row[] }>();
  const rows = await rowsOf(path);
  for (const column of COLUMNS)
    if (rows.length > 0 && rows[0]?.[column] === undefined)
      throw new InputError(
        `${path}: expected the columns ${COLUMNS.join(', ')}, found no ${column}; docs/spark.md tells the layout`,
        'other-format',
      );
  for (const [at, row] of rows.entries()) {
    const known = lists.get(row.list);
    if (known) known.rows.push(row);
    else lists.set(row.list, { line: at + 1, rows: [row] });
  }
  for (const { line, rows: own } of lists.values()) {
    const json = listOf(own);
    const raw = JSON.stringify(json);
    try {
      const event = parseEvent(json, options);
      if (event) yield { line, raw, event };
    } catch (error) {
      if (!(error instanceof RejectedEvent)) throw error;
      yield { line, raw, reason: error.reason, message: error.message };
    }
  }
}

async function rowsOf(path: string): Promise<readonly Row[]> {
  let file: AsyncBuffer;
  try {
    file = await asyncBufferFromFile(path);
    return (await parquetReadObjects({ file })) as unknown as readonly Row[];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== undefined) throw error;
    throw new InputError(
      `${path}: expected a Parquet file, found one that cannot be read (${(error as Error).message}); write it again`,
      'other-format',
    );
  }
}

function listOf(rows: readonly Row[]): object {
  const [first] = rows as readonly [Row, ...Row[]];
  return {
    event: 'ranking',
    id: first.list,
    timestamp: Number(first.time),
    ...(first.user ? { user: first.user } : {}),
    fields: fieldsOf(first.fields),
    items: rows.map(({ item, position, item_fields }) => ({
      id: item,
      ...(position === null || position === undefined ? {} : { position: Number(position) }),
      fields: fieldsOf(item_fields),
    })),
  };
}

const fieldsOf = (text: string | null | undefined): readonly object[] =>
  text ? Object.entries(JSON.parse(text) as object).map(([name, value]) => ({ name, value })) : [];
