/** The value of one named field of an item, a user or a request, as it comes from an event log. */
export type FieldValue = number | string | boolean | readonly string[] | readonly number[];

/**
 * Fields by name. A field that an event does not carry is absent (never `null` or NaN). Names are data, and may be those that every JavaScript object has
 * (`constructor`, `__proto__`): read with `fieldOf`, write to what `newFields` makes.
 */
export type Fields = Readonly<Record<string, FieldValue>>;

/** What an event says of an item or a user: a field that it names takes the new value, or goes where that is `null`; the others stay as they were. */
export type FieldUpdates = Readonly<Record<string, FieldValue | null>>;

/** Has no names at all, and none can be added. Records that inherit from it stay as fast as any other object; those without a prototype would not. */
const NAMELESS: object = Object.freeze(Object.create(null));

/** An empty record to write fields to, in which no name has a meaning of its own. */
export const newFields = <V extends FieldValue | null>(): Record<string, V> => Object.create(NAMELESS);

/** A field's value; undefined where there is none of this name. */
export const fieldOf = <V>(fields: Readonly<Record<string, V>>, name: string): V | undefined =>
  Object.hasOwn(fields, name) ? fields[name] : undefined;

export const noFields: Fields = Object.freeze(newFields<FieldValue>());

/** What is known after an event: a new record, the given ones stay as they are. */
export function mergeFields(known: Fields, update: FieldUpdates): Fields {
  const merged = newFields<FieldValue>();
  for (const name of Object.keys(known)) if (!Object.hasOwn(update, name)) merged[name] = known[name];
  for (const name of Object.keys(update)) {
    const value = update[name];
    if (value !== null) merged[name] = value;
  }
  return merged;
}

/** A value as texts, each once: those of a list, or one; none where there is no value. */
export function fieldTexts(value: FieldValue | null | undefined): readonly string[] {
  if (value === null || value === undefined) return [];
  return Array.isArray(value) ? [...new Set(value.map(String))] : [String(value)];
}

/** Whether a value from code is one of a field: a list is of strings or of numbers, as in a log. */
export function isFieldValue(value: unknown): value is FieldValue {
  if (!Array.isArray(value)) return typeof value === 'string' || typeof value === 'boolean' || isNumber(value);
  // A hole in a list is no value either.
  const parts = Array.from(value);
  return parts.every((part) => typeof part === 'string') || parts.every(isNumber);
}

const isNumber = (value: unknown): boolean => typeof value === 'number' && Number.isFinite(value);
