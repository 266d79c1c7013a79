/** Guesses from names and values what the columns of a table mean. A guess is proposed, never used unasked. */
import { isoTime } from '../../slate/iso-time.ts';
import type { ColumnMap, Role } from './column-map.ts';

/** Roles that are guessed. */
type Guessed = Extract<Role, 'list' | 'user' | 'time' | 'item' | 'position' | 'clicked' | 'clickTime'>;

/** Names that tell a role, without case and signs; the first that is there wins. */
const NAMES: Readonly<Record<Guessed, readonly string[]>> = {
  list: [
    ...['listid', 'searchid', 'requestid', 'impressionid', 'rankingid', 'slateid', 'queryid', 'srchid', 'pageviewid'],
    ...['list', 'search', 'request', 'impression', 'ranking', 'slate', 'sessionid', 'session', 'query'],
  ],
  user: ['userid', 'customerid', 'visitorid', 'memberid', 'user', 'customer', 'visitor', 'member', 'uid', 'deviceid'],
  clickTime: ['clickedat', 'clicktime', 'clicktimestamp', 'clickat', 'clickts'],
  time: [
    'timestamp',
    'time',
    'datetime',
    'shownat',
    'searchedat',
    'requestedat',
    'createdat',
    'eventtime',
    'updatedat',
    'date',
    'ts',
  ],
  item: ['itemid', 'productid', 'hotelid', 'propid', 'articleid', 'documentid', 'docid', 'item', 'product', 'article'],
  position: ['position', 'pos', 'rank', 'slot', 'place', 'index'],
  clicked: ['clicked', 'click', 'isclicked', 'isclick', 'clickbool', 'clicks', 'label', 'y'],
};

const isTime = (value: string): boolean => isoTime(value) !== undefined || /^\d{9,}$/.test(value);

const FITS: Readonly<Record<Guessed, (values: readonly string[]) => boolean>> = {
  list: (values) => values.every((value) => value !== ''),
  user: () => true,
  clickTime: (values) => values.every((value) => value === '' || isTime(value)),
  time: (values) => values.every(isTime),
  item: (values) => values.every((value) => value !== ''),
  position: (values) => values.every((value) => /^\d+$/.test(value)),
  clicked: (values) => values.every((value) => /^(0|1|true|false|yes|no|)$/i.test(value)),
};

/**
 * `header`: the names of the columns; `rows`: the first rows as texts. What no name tells is told by the values: the time by its form, a click by yes and no, the item by the first text
 * that no list has twice. A role that nothing fits is left out.
 */
export function proposeColumns(header: readonly string[], rows: readonly (readonly string[])[]): ColumnMap {
  const map = new Map<Role, string>();
  const values = (column: string): readonly string[] => rows.map((row) => row[header.indexOf(column)] ?? '');
  const free = (): readonly string[] => header.filter((column) => ![...map.values()].includes(column));
  const take = (role: Role, found: string | undefined): void => {
    if (found !== undefined && !map.has(role)) map.set(role, found);
  };
  for (const role of Object.keys(NAMES) as Guessed[]) {
    const fitting = free().filter((column) => FITS[role](values(column)));
    for (const name of NAMES[role])
      take(
        role,
        fitting.find((column) => lettersOf(column) === name),
      );
  }
  // The time tells more than yes and no.
  if (map.has('clickTime')) map.delete('clicked');
  take(
    'time',
    free().find((column) => values(column).every((value) => isoTime(value) !== undefined)),
  );
  if (!map.has('clickTime'))
    take(
      'clicked',
      free().find((column) => FITS.clicked(values(column)) && new Set(values(column)).size === 2),
    );
  const list = map.get('list');
  if (list !== undefined)
    take(
      'item',
      free().find((column) => isItem(values(column), values(list))),
    );
  return Object.fromEntries(map);
}

/** Columns that have one value in each list, but not one in all: they tell of the list, not of its items. Of lists with one row nothing is told. */
export function proposeListFields(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  map: ColumnMap,
): readonly string[] {
  const list = header.indexOf(map.list ?? '');
  const sizes = new Map<string, number>();
  for (const row of rows) sizes.set(row[list], (sizes.get(row[list]) ?? 0) + 1);
  const long = rows.filter((row) => (sizes.get(row[list]) ?? 0) > 1);
  const roles = new Set<string>(Object.values(map));
  return header.filter((column, at) => {
    if (roles.has(column) || long.length === 0) return false;
    const pairs = new Set(long.map((row) => JSON.stringify([row[list], row[at]])));
    const lists = new Set(long.map((row) => row[list]));
    return pairs.size === lists.size && new Set(long.map((row) => row[at])).size > 1;
  });
}

export const lettersOf = (column: string): string => column.toLowerCase().replace(/[^a-z]/g, '');

/** No list has one of its items twice, and an id is no fraction. */
const isItem = (items: readonly string[], lists: readonly string[]): boolean =>
  FITS.item(items) &&
  !items.every(isFraction) &&
  new Set(items.map((item, row) => JSON.stringify([lists[row], item]))).size === items.length;

const isFraction = (value: string): boolean => /^-?\d*[.,]\d+$/.test(value);
