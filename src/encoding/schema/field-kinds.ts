import type { FieldStatistics } from '../field-values/field-statistics.ts';

/**
 * What a field means to a model. numeric: a number (or boolean), hardly ever something else; time: a date or epoch milliseconds, known also as its age at the impression;
 * category: one value of a vocabulary; tags: several; vector: a given embedding of fixed length; ignored: titles, descriptions, identifiers and everything that only
 * memory could learn from.
 */
export const fieldKinds = ['numeric', 'time', 'category', 'tags', 'vector', 'ignored'] as const;
/** What a field means to a model: one of `fieldKinds`. */
export type FieldKind = (typeof fieldKinds)[number];

/** The columns of a field: a number, standardised; the same with its age; a bag of values of a vocabulary; a vector; or none. */
export type FieldColumns = 'number' | 'number with age' | 'bag' | 'vector' | 'none';

/** What everything beside `inferKind` knows of a kind of field. */
export interface FieldKindParts {
  readonly columns: FieldColumns;
  /** Values of the field that it leaves out. */
  lost(field: FieldStatistics): number;
  /** What the field must hold to be of this kind, and in how many events it does, where those are too few; undefined where it can be. */
  lacks(field: FieldStatistics): { readonly wanted: string; readonly found: number } | undefined;
}

/** One entry for each kind: a kind without its entry, or an entry without a part, does not compile. */
export const fieldKindParts: Readonly<Record<FieldKind, FieldKindParts>> = {
  numeric: {
    columns: 'number',
    lost: ({ count, numbers, booleans, numericTexts }) => count - numbers - booleans - numericTexts,
    lacks: ({ numbers, booleans, numericTexts }) =>
      numbers + booleans + numericTexts === 0 ? { wanted: 'a number', found: 0 } : undefined,
  },
  time: {
    columns: 'number with age',
    lost: ({ count, numbers, numericTexts, dates }) => count - numbers - numericTexts - dates,
    lacks: ({ numbers, numericTexts, dates }) =>
      numbers + numericTexts + dates === 0 ? { wanted: 'a date or epoch milliseconds', found: 0 } : undefined,
  },
  category: { columns: 'bag', lost: () => 0, lacks: () => undefined },
  tags: { columns: 'bag', lost: () => 0, lacks: () => undefined },
  vector: {
    columns: 'vector',
    lost: ({ count, numberLists }) => count - numberLists,
    lacks: ({ numberLists, shortest, longest }) =>
      numberLists === 0 || shortest !== longest
        ? { wanted: 'lists of numbers of one length', found: numberLists }
        : undefined,
  },
  ignored: { columns: 'none', lost: ({ count }) => count, lacks: () => undefined },
};
