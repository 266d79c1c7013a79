import type { Fields } from '../../slate/fields.ts';
import type { FieldScalar } from './candidate.ts';

/** The fields that known items have, and their values. */
export interface KnownFields {
  readonly names: readonly string[];
  /** The values of a field; undefined where no known item has it. */
  valuesOf(field: string): ReadonlySet<FieldScalar> | undefined;
}

/** What a model knows of items: how many, and the fields of all. */
export interface ItemFields {
  readonly size: number;
  /** Of every item its index, id and fields. */
  entries(): Iterable<readonly [number, string, Fields]>;
}

/** A value that is told again may be known since: the items are looked through anew after so many questions about values that none has. */
const MISSES = 1000;

/** Answers what fields and values are known from one look through all items, taken when it is first needed and again when there are more items. */
export function createFieldIndex(items: ItemFields): (field: string, value?: FieldScalar) => KnownFields {
  let taken: { readonly size: number; readonly fields: ReadonlyMap<string, Set<FieldScalar>> } | undefined;
  let misses = 0;
  return (field, value) => {
    const known = taken?.fields.get(field);
    const missed = known === undefined || (value !== undefined && !known.has(value));
    if (taken === undefined || taken.size !== items.size || known === undefined || (missed && ++misses >= MISSES)) {
      taken = { size: items.size, fields: fieldsOfAll(items) };
      misses = 0;
    }
    const { fields } = taken;
    return { names: [...fields.keys()], valuesOf: (name) => fields.get(name) };
  };
}

function fieldsOfAll(items: ItemFields): ReadonlyMap<string, Set<FieldScalar>> {
  const found = new Map<string, Set<FieldScalar>>();
  for (const [, , fields] of items.entries()) {
    for (const name of Object.keys(fields)) {
      const values = found.get(name) ?? new Set();
      found.set(name, values);
      const value = fields[name];
      if (typeof value === 'object') for (const each of value) values.add(each);
      else values.add(value);
    }
  }
  return found;
}
