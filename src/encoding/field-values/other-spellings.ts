import type { FieldValue } from '../../slate/fields.ts';

/** Texts of a field that are one but for case and spaces around them. */
export interface OtherSpellings {
  /** How many of its texts have such another before them. */
  readonly count: number;
  /** The first two. */
  readonly example: readonly [string, string];
}

/** Undefined where all texts differ in more. */
export function otherSpellingsOf(values: ReadonlySet<FieldValue>): OtherSpellings | undefined {
  const met = new Map<string, string>();
  let count = 0;
  let example: readonly [string, string] | undefined;
  for (const value of values) {
    if (typeof value !== 'string') continue;
    const plain = value.trim().toLowerCase();
    const before = met.get(plain);
    if (before === undefined) met.set(plain, value);
    else {
      count++;
      example ??= [before, value];
    }
  }
  return example && { count, example };
}
