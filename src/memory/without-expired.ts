import type { Known } from './known.ts';
import type { Lookup } from './state.ts';

/** Who is beyond the limits of a memory. */
export interface Expired {
  /** Indices. */
  readonly items: ReadonlySet<number>;
  /** Ids. */
  readonly users: ReadonlySet<string>;
}

/** What is known without them: as if they had been forgotten already. */
export function withoutExpired(known: Known, { items, users }: Expired): Known {
  const { state, clicks, userFields, versionOf } = known;
  const indexOf = (id: string): number | undefined => {
    const index = known.items.indexOf(id);
    return index === undefined || items.has(index) ? undefined : index;
  };
  return {
    ...known,
    state: { ...state, items: without(state.items, items), users: without(state.users, users) },
    clicks: { items: without(clicks.items, items), users: without(clicks.users, users) },
    items: { indexOf, fieldsOf: (id) => (indexOf(id) === undefined ? undefined : known.items.fieldsOf(id)) },
    versionOf: (item) => (items.has(item) ? undefined : versionOf(item)),
    userFields: (id) => (users.has(id) ? undefined : userFields(id)),
  };
}

const without = <K, V>(lookup: Lookup<K, V>, gone: ReadonlySet<K>): Lookup<K, V> => ({
  get: (key) => (gone.has(key) ? undefined : lookup.get(key)),
});
