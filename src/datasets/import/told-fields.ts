import type { FieldUpdates } from '../../slate/fields.ts';

/** Which fields each item, or user, has at the end of a log, whatever number of events told it. */
export interface ToldFields {
  observe(id: string, fields: FieldUpdates): void;
  /** Of these ids, how many have each field. */
  countAmong(ids: Iterable<string>): Readonly<Record<string, number>>;
  /** What another one goes on from. */
  save(): SavedToldFields;
}

export interface SavedToldFields {
  readonly sets: ReadonlyMap<string, ReadonlySet<string>>;
  readonly fieldsOf: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Few sets of fields occur, so that an id costs one reference. */
export function createToldFields(saved?: SavedToldFields): ToldFields {
  const sets = new Map(saved?.sets);
  const fieldsOf = new Map(saved?.fieldsOf);
  return {
    save: () => ({ sets, fieldsOf }),
    observe(id, fields) {
      const known = new Set(fieldsOf.get(id));
      for (const [name, value] of Object.entries(fields)) {
        if (value === null) known.delete(name);
        else known.add(name);
      }
      const key = JSON.stringify([...known].sort());
      const shared = sets.get(key) ?? known;
      sets.set(key, shared);
      fieldsOf.set(id, shared);
    },
    countAmong(ids) {
      const counts: Record<string, number> = {};
      for (const id of ids) for (const name of fieldsOf.get(id) ?? []) counts[name] = (counts[name] ?? 0) + 1;
      return counts;
    },
  };
}
