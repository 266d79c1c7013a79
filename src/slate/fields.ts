/** The value of one named field of an item, a user or a request, as it comes from an event log. */
export type FieldValue = number | string | boolean | readonly string[] | readonly number[];

/** Fields by name. A field that an event does not carry is absent (never `null` or NaN). */
export type Fields = Readonly<Record<string, FieldValue>>;

/** What an event tells anew of an item or a user: a field that it does not name stays as it is, `null` deletes it. */
export type FieldUpdates = Readonly<Record<string, FieldValue | null>>;

/** What is known after an update. */
export function mergeFields(known: Fields, update: FieldUpdates): Fields {
  const merged: Record<string, FieldValue> = Object.assign(Object.create(null), known);
  for (const [name, value] of Object.entries(update)) {
    if (value === null) delete merged[name];
    else merged[name] = value;
  }
  return merged;
}
