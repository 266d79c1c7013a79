/** Which column of a table of shown items holds what. */
import { InputError } from '../../slate/input-error.ts';
import { unknownName } from '../../slate/nearest-name.ts';

/** What a column may mean, in the order in which a map is written. */
export const ROLES = [
  'list',
  'user',
  'time',
  'item',
  'position',
  'clicked',
  'clickTime',
  'session',
  'surface',
  'variant',
  'policy',
  'row',
  'col',
  'propensity',
  'placePropensity',
] as const;
export type Role = (typeof ROLES)[number];

/** Without these there is no list. */
export const NEEDED: readonly Role[] = ['list', 'time', 'item'];

/** Role to column name. All other columns are fields of the shown item. */
export type ColumnMap = Readonly<Partial<Record<Role, string>>>;

/** As `--map` takes it: `list=search_id,time=shown_at,item=salon`. */
export const writeColumnMap = (map: ColumnMap): string =>
  ROLES.flatMap((role) => (map[role] === undefined ? [] : [`${role}=${map[role]}`])).join(',');

/** Reads what `writeColumnMap` writes. Throws `InputError` for an unknown role, one given twice, and one that is missing. */
export function readColumnMap(text: string): ColumnMap {
  const map: Partial<Record<Role, string>> = {};
  for (const entry of text.split(',')) {
    const at = entry.indexOf('=');
    const [role, column] = [entry.slice(0, at).trim(), entry.slice(at + 1).trim()];
    if (at < 0 || column === '')
      throw new InputError(
        `expected role=column, such as item=product_id, found "${entry}"; ${ROLES.join(', ')} are the roles`,
        'invalid-option',
      );
    if (!isRole(role)) throw new InputError(unknownName(role, ROLES), 'invalid-option');
    if (map[role] !== undefined)
      throw new InputError(`expected ${role} once, found it twice; leave one out`, 'invalid-option');
    map[role] = column;
  }
  const missing = NEEDED.filter((role) => map[role] === undefined);
  if (missing.length > 0)
    throw new InputError(
      `expected a column for ${NEEDED.join(', ')}, found none for ${missing.join(' and ')}; name it`,
      'invalid-option',
    );
  return map;
}

const isRole = (text: string): text is Role => (ROLES as readonly string[]).includes(text);
