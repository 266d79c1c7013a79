/** Proposes which columns hold what, from their names, types and first rows; for a user to look at and keep. */

import { listTables } from './list-tables.ts';
import { openTable } from './open-source.ts';
import { NEEDED } from './tables/column-map.ts';
import { lettersOf, proposeColumns, proposeListFields } from './tables/propose-columns.ts';
import type { Table } from './tables/table.ts';
import type { CellType } from './tables/table-columns.ts';

/** A part of the settings, and what in it nobody could guess. */
export interface Guess {
  readonly settings: { readonly columns?: object; readonly tables?: object };
  /** Such as `columns.item`. */
  readonly missing: readonly string[];
}

/** Rows that a guess is made from. */
const SAMPLE = 400;

/** Names of tables by what they hold; the first that is there wins. */
const TABLES: Readonly<Record<'lists' | 'clicks' | 'items' | 'users', readonly string[]>> = {
  lists: ['impressions', 'lists', 'rankings', 'searches', 'shown', 'exposures', 'slates', 'views'],
  clicks: ['clicks', 'interactions', 'clickevents', 'events'],
  items: ['items', 'products', 'articles', 'hotels', 'catalog', 'catalogue', 'listings'],
  users: ['users', 'customers', 'visitors', 'members'],
};

/** Throws `InputError` where there is no table that can be read. */
export async function guessColumns(place: string): Promise<Guess> {
  const names = await listTables(place);
  if (names === undefined) return guessShown(await openTable(place, undefined), {});
  const found = Object.fromEntries(
    Object.entries(TABLES).flatMap(([kind, known]) => {
      const name = known.flatMap((each) => names.find((table) => lettersOf(bareName(table)) === each) ?? [])[0];
      return name === undefined ? [] : [[kind, name]];
    }),
  );
  const lists = found.lists ?? names[0];
  const shown = await guessShown(await openTable(place, lists), { from: lists });
  if (!found.clicks && !found.items && !found.users) return shown;
  // Where clicks have a table, a yes or no beside an item is no click.
  const { clicked: _, clickTime: __, ...shownColumns } = shown.settings.columns as Readonly<Record<string, unknown>>;
  const tables: Record<string, object> = { lists: found.clicks ? shownColumns : (shown.settings.columns ?? {}) };
  const missing = shown.missing.map((role) => role.replace(/^columns/, 'tables.lists'));
  for (const kind of ['clicks', 'items', 'users'] as const) {
    const from = found[kind];
    if (from === undefined) continue;
    const guess = await guessOther(kind, await openTable(place, from), from);
    tables[kind] = guess.columns;
    missing.push(...guess.missing.map((role) => `tables.${kind}.${role}`));
  }
  return { settings: { tables }, missing };
}

/** Without its schema, or the ending of a file. */
const bareName = (table: string): string => table.replace(/\.(parquet|pq|csv|tsv)(\.gz)?$/i, '').replace(/^.*\./, '');

interface Sample {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly isText: boolean;
}

async function sampleOf(table: Table): Promise<Sample> {
  const open = await table.open();
  try {
    const rows: string[][] = [];
    for await (const { cells } of open.rows({ without: new Set(), order: [] })) {
      rows.push(
        cells.map((cell) => (cell === null ? '' : typeof cell === 'object' ? JSON.stringify(cell) : String(cell))),
      );
      if (rows.length === SAMPLE) break;
    }
    return {
      header: open.columns.map(({ name }) => name),
      rows,
      isText: open.columns.every(({ type }) => type === 'text'),
    };
  } finally {
    await open.close?.();
  }
}

async function guessShown(table: Table, from: { readonly from?: string }): Promise<Guess> {
  const { header, rows, isText } = await sampleOf(table);
  const map = proposeColumns(header, rows);
  const missing = NEEDED.filter((role) => map[role] === undefined);
  const listFields = proposeListFields(header, rows, map);
  const used = new Set<string>(Object.values(map));
  const types = isText ? typesOf(header, rows, used) : {};
  return {
    settings: {
      columns: {
        ...from,
        ...map,
        ...Object.fromEntries(missing.map((role) => [role, `<${role}>`])),
        ...(listFields.length > 0 ? { listFields } : {}),
        ...(Object.keys(types).length > 0 ? { types } : {}),
      },
    },
    missing: missing.map((role) => `columns.${role}`),
  };
}

async function guessOther(
  kind: 'clicks' | 'items' | 'users',
  table: Table,
  from: string,
): Promise<{ readonly columns: object; readonly missing: readonly string[] }> {
  const { header, rows, isText } = await sampleOf(table);
  const map = proposeColumns(header, rows);
  const time = map.time ?? map.clickTime;
  // What stands once in a row need not be an item by its values: its name must tell.
  const named = (word: string): string | undefined =>
    header.find((column) => lettersOf(column) === `${word}id`) ?? header.find((column) => lettersOf(column) === word);
  const id = (kind === 'users' ? map.user : map.item) ?? header.find((column) => lettersOf(column) === 'id');
  const wanted: Record<string, string | undefined> =
    kind === 'clicks'
      ? { list: map.list, user: map.user, item: map.item ?? named('item'), time, type: named('type') }
      : { id, time };
  const needed = kind === 'clicks' ? ['item', 'time', 'list'] : ['id', 'time'];
  const missing = needed.filter(
    (role) => wanted[role] === undefined && !(role === 'list' && wanted.user !== undefined),
  );
  const columns = Object.entries({ ...wanted, ...Object.fromEntries(missing.map((role) => [role, `<${role}>`])) });
  const types = isText && kind !== 'clicks' ? typesOf(header, rows, new Set(Object.values(wanted))) : {};
  return {
    columns: {
      from,
      ...Object.fromEntries(columns.filter(([, column]) => column !== undefined)),
      ...(Object.keys(types).length > 0 ? { types } : {}),
    },
    missing,
  };
}

/** Of texts: a code that begins with 0 is no number. */
const FORMS: readonly (readonly [CellType, RegExp])[] = [
  ['number', /^-?(0|[1-9]\d*)(\.\d+)?(e[+-]?\d+)?$/i],
  ['boolean', /^(true|false)$/i],
  ['list', /^\[.*\]$/],
];

function typesOf(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  used: ReadonlySet<string | undefined>,
): Readonly<Record<string, CellType>> {
  return Object.fromEntries(
    header.flatMap((column, at) => {
      const values = rows.map((row) => row[at]).filter((text) => text !== '' && text !== undefined);
      const form = FORMS.find(([, pattern]) => values.length > 0 && values.every((text) => pattern.test(text)));
      return used.has(column) || form === undefined ? [] : [[column, form[0]]];
    }),
  );
}
