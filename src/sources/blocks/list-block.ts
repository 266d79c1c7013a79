/**
 * Lists as columns, on their way to a data set: some thousand of them in typed arrays, without an object for any. Ids of items and users are codes; texts of fields are kept once a block.
 */
import type { FieldValue } from '../../slate/fields.ts';

/** What a shown item may have beside its fields; -1 where it has none. */
export const PLACE_KEYS = ['position', 'row', 'col', 'propensity', 'placePropensity'] as const;
export type ListPlace = (typeof PLACE_KEYS)[number];

/** Texts of a list; -1 where it has none. */
export const TEXT_KEYS = ['session', 'surface', 'variant', 'policy'] as const;
export type ListText = (typeof TEXT_KEYS)[number];

/** What a cell of a field is: its value is the number, 0 or 1, or the code of a text, which of a list is JSON. */
export const CELL_KINDS = { none: 0, number: 1, boolean: 2, text: 3, texts: 4, numbers: 5 } as const;

export function cellKindOf(value: FieldValue): number {
  if (typeof value === 'number') return CELL_KINDS.number;
  if (typeof value === 'boolean') return CELL_KINDS.boolean;
  if (typeof value === 'string') return CELL_KINDS.text;
  return typeof value[0] === 'number' ? CELL_KINDS.numbers : CELL_KINDS.texts;
}

/** One field: a cell for each list, or for each shown item. */
export interface FieldCells {
  readonly name: string;
  readonly kinds: Uint8Array;
  readonly values: Float64Array;
}

export interface ListBlock {
  readonly count: number;
  readonly times: Float64Array;
  readonly lines: Float64Array;
  readonly ids: readonly string[];
  readonly users: Int32Array;
  /** NaN where a list has none. */
  readonly propensities?: Float64Array | undefined;
  readonly texts: Readonly<Partial<Record<ListText, Int32Array>>>;
  /** The shown items of list `n` are those from `starts[n]` to `starts[n + 1]`. */
  readonly starts: Int32Array;
  readonly items: Int32Array;
  readonly clickTimes: Float64Array;
  readonly places: Readonly<Partial<Record<ListPlace, Float64Array>>>;
  readonly request: readonly FieldCells[];
  readonly ranked: readonly FieldCells[];
  /** The texts that codes of this block mean, but those of ids. */
  readonly dictionary: readonly string[];
}
