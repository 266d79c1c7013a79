/** A chunk of shown items, its columns by what they hold. */
import { ROLES, type Role } from './column-map.ts';
import type { Reading } from './rows-of-list.ts';
import type { AskedColumn, CellForm, NumberCells, OpenTable, TableChunk, TextCells } from './table.ts';

export interface OpenChunk {
  readonly table: TableChunk;
  readonly list: TextCells;
  readonly item: TextCells;
  readonly time: NumberCells;
  readonly user: TextCells | undefined;
  readonly numbers: Readonly<Partial<Record<NumberRole, NumberCells>>>;
  readonly fields: readonly ShownField[];
}

/** Rows of a chunk, from one to before another. */
export interface RowRange {
  readonly chunk: OpenChunk;
  readonly from: number;
  to: number;
}

export type ShownField = { readonly name: string } & (
  | { readonly form: 'text'; readonly cells: TextCells }
  | { readonly form: 'number' | 'truth'; readonly cells: NumberCells }
);

const TEXT_ROLES = ['list', 'item', 'user'] as const;
const NUMBER_ROLES = ['position', 'clicked', 'clickTime', 'row', 'col', 'propensity', 'placePropensity'] as const;
export type NumberRole = (typeof NUMBER_ROLES)[number];
const isTextRole = (role: Role): boolean => TEXT_ROLES.some((each) => each === role);
const isNumberRole = (role: Role): boolean => role === 'time' || NUMBER_ROLES.some((each) => each === role);

export interface ChunkOpener {
  readonly asked: readonly AskedColumn[];
  open(chunk: TableChunk): OpenChunk;
}

/** Undefined where a column holds what only rows can tell: texts of positions, lists, columns whose type the config gives. */
export function chunkOpener({ chunks }: OpenTable, { columns, map }: Reading): ChunkOpener | undefined {
  if (!chunks || Object.keys(map.types ?? {}).length > 0) return undefined;
  const asked = new Map<number, AskedColumn['as']>();
  /** Whether the column is not asked for in two ways. */
  const ask = (column: number, as: AskedColumn['as']): boolean =>
    asked.set(column, asked.get(column) ?? as).get(column) === as;
  for (const role of ROLES) {
    const column = columns.at[role];
    if (column === undefined || (!isTextRole(role) && !isNumberRole(role))) continue;
    const as = isTextRole(role) ? 'text' : 'number';
    const forms: readonly (CellForm | undefined)[] =
      as === 'text' ? ['text', 'whole'] : role === 'clicked' ? ['truth', 'whole'] : ['number', 'whole'];
    if (!forms.includes(chunks.formOf(column)) || !ask(column, as)) return undefined;
  }
  const fields: { readonly name: string; readonly at: number; readonly form: 'text' | 'number' | 'truth' }[] = [];
  for (const { name, at } of columns.itemFields) {
    const found = chunks.formOf(at);
    if (found === undefined) return undefined;
    const form = found === 'whole' ? 'number' : found;
    if (!ask(at, form === 'text' ? 'text' : 'number')) return undefined;
    fields.push({ name, at, form });
  }
  const { list = -1, item = -1, time = -1, user } = columns.at;
  return {
    asked: [...asked].map(([column, as]) => ({ column, as })),
    open: (table) => ({
      table,
      list: table.texts(list),
      item: table.texts(item),
      time: table.numbers(time),
      user: user === undefined ? undefined : table.texts(user),
      numbers: Object.fromEntries(
        NUMBER_ROLES.flatMap((role) => {
          const column = columns.at[role];
          return column === undefined ? [] : [[role, table.numbers(column)]];
        }),
      ),
      fields: fields.map(({ name, at, form }) =>
        form === 'text' ? { name, form, cells: table.texts(at) } : { name, form, cells: table.numbers(at) },
      ),
    }),
  };
}
