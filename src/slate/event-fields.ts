import { type Json, wellFormed } from './event-values.ts';
import {
  type Fields,
  type FieldUpdates,
  type FieldValue,
  fieldOf,
  mergeFields,
  newFields,
  noFields,
} from './fields.ts';
import type { OddNames } from './odd-names.ts';
import { foundInstead, RejectedEvent, show } from './rejected-event.ts';

/** `[{name, value}]` of an item or a user as a record, in which null (or no value) deletes a field. Throws `RejectedEvent`. */
export function updatesOf(raw: unknown, odd?: OddNames): FieldUpdates {
  const fields = newFields<FieldValue | null>();
  readFields(raw, odd, (name, value) => {
    if (odd && fieldOf(fields, name) !== undefined) odd.tell('field named twice', name);
    fields[name] = value ?? null;
  });
  return fields;
}

/** The same of a list or of an item shown in it, where nothing was known before: null counts as absent. */
export function fieldsOf(raw: unknown, odd?: OddNames): Fields {
  // Most shown items have none: they share one record.
  if (raw === undefined || raw === null || (Array.isArray(raw) && raw.length === 0)) return noFields;
  const fields = newFields<FieldValue>();
  readFields(raw, odd, (name, value) => {
    if (value === undefined) return;
    if (odd && fieldOf(fields, name) !== undefined) odd.tell('field named twice', name);
    fields[name] = value;
  });
  return fields;
}

export const ENTRY_KEYS: readonly string[] = ['name', 'value'];

function readFields(
  raw: unknown,
  odd: OddNames | undefined,
  take: (name: string, value: FieldValue | undefined) => void,
): void {
  if (raw === undefined || raw === null) return;
  if (!Array.isArray(raw))
    throw new RejectedEvent('bad-value', `expected "fields" to be a list of {name, value}, ${foundInstead(raw)}`);
  for (const entry of raw as Json[]) {
    const name = entry?.name;
    if (typeof name !== 'string' || name === '') {
      throw new RejectedEvent('bad-value', `expected every field to have a "name", found ${show(entry)}`);
    }
    wellFormed(name, 'name');
    odd?.keysOf(entry, 'fields');
    const value = entry.value;
    take(name, value === null || value === undefined ? undefined : fieldValue(name, value));
  }
}

/** The fields of a shown item, with Metarank's score of its first ranking, which stands beside the id; where `fields` has one of its name, that one counts. */
export function withRelevancy(fields: Fields, relevancy: unknown): Fields {
  if (relevancy === undefined || relevancy === null || Object.hasOwn(fields, 'relevancy')) return fields;
  return mergeFields(fields, { relevancy: fieldValue('relevancy', relevancy) });
}

/** Throws `RejectedEvent` for what is no value of a field. */
export function fieldValue(name: string, value: unknown): FieldValue {
  if (typeof value === 'number') return finite(name, value);
  if (typeof value === 'string') return wellFormed(value, name);
  if (typeof value === 'boolean') return value;
  if (Array.isArray(value)) {
    if (value.every((element) => typeof element === 'string' && wellFormed(element, name) === element)) return value;
    if (value.every((element) => typeof element === 'number')) return value.map((element) => finite(name, element));
  }
  throw new RejectedEvent(
    'bad-value',
    `expected field "${name}" to be a number, string, boolean or a list of numbers or of strings, found ${show(value)}`,
  );
}

function finite(name: string, value: number): number {
  if (!Number.isFinite(value))
    throw new RejectedEvent('bad-value', `expected field "${name}" to be finite, found ${value}`);
  return value;
}
