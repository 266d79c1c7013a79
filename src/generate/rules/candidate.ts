import type { Fields } from '../../slate/fields.ts';

/** An item that may be shown, with all that is known of it; a request's candidates are numbered by their place in the request. */
export interface Candidate {
  readonly id: string;
  readonly fields: Fields;
}

/** One value a field may have; `1` and `"1"` are different values. */
export type FieldScalar = string | number | boolean;

/** The different values of a field: none when the candidate lacks it, several when it is a list. */
export function valuesOf({ fields }: Candidate, field: string): readonly FieldScalar[] {
  const value = Object.hasOwn(fields, field) ? fields[field] : undefined;
  if (value === undefined) return [];
  return typeof value === 'object' ? [...new Set<FieldScalar>(value)] : [value];
}
