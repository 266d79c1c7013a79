/** The value of one named field of an item, a user or a request, as it comes from an event log. */
export type FieldValue = number | string | boolean | readonly string[] | readonly number[];

/** Fields by name. A field that an event does not carry is absent (never `null` or NaN). */
export type Fields = Readonly<Record<string, FieldValue>>;
