import type { Json } from './event-values.ts';
import { nearestName } from './nearest-name.ts';

/** Where keys stand: in an event of a kind, in an item of a list, or in an entry of `fields`. */
export type KeyPlace = 'item' | 'user' | 'ranking' | 'interaction' | 'items' | 'fields';

/** The keys that are read, or that Metarank's form has and that tell nothing more (`id` of an event). */
const KNOWN: Readonly<Record<KeyPlace, ReadonlySet<string>>> = {
  item: new Set(['event', 'id', 'item', 'timestamp', 'fields']),
  user: new Set(['event', 'id', 'user', 'timestamp', 'fields']),
  ranking: new Set([
    ...['event', 'id', 'timestamp', 'user', 'session', 'surface', 'variant', 'policy', 'propensity', 'fields'],
    ...['items', 'size', 'deadline', 'rules'],
  ]),
  interaction: new Set(['event', 'id', 'ranking', 'timestamp', 'user', 'session', 'type', 'item']),
  items: new Set(['id', 'fields', 'relevancy', 'position', 'row', 'col', 'propensity', 'placePropensity']),
  fields: new Set(['name', 'value']),
};

/** The keys that a request from code has: what is told by `time` there is a `timestamp` in a log. */
export const REQUEST_KEYS: ReadonlySet<string> = new Set(
  [...KNOWN.ranking].map((key) => (key === 'timestamp' ? 'time' : key)),
);

/** Those of an item in it: its relevancy is a field like others. */
export const REQUEST_ITEM_KEYS: ReadonlySet<string> = new Set([...KNOWN.items].filter((key) => key !== 'relevancy'));

/** Different names that are counted; a file of another kind could have any number. */
const LIMIT = 1000;

/** Counts what stands in events and is not read, so that a misspelt key is not passed over in silence. */
export interface OddNames {
  /** Counts the keys of an object that nothing here reads. */
  keysOf(object: Json, place: KeyPlace): void;
  tell(oddity: 'field named twice', name: string): void;
  /** What another has counted of what comes after. */
  add(counted: SavedOddNames): void;
  /** A sentence for each. */
  notes(): readonly string[];
  /** What another one goes on from. */
  save(): SavedOddNames;
}

/** What was counted so far. */
export interface SavedOddNames {
  readonly unknown: ReadonlyMap<string, UnknownKey>;
  readonly twice: ReadonlyMap<string, number>;
}

interface UnknownKey {
  readonly place: KeyPlace;
  readonly key: string;
  count: number;
}

/** `limit`: different names of each sort that are counted. */
export function createOddNames(saved?: SavedOddNames, limit: number = LIMIT): OddNames {
  const unknown = new Map<string, UnknownKey>(saved?.unknown);
  const twice = new Map<string, number>(saved?.twice);
  return {
    save: () => ({ unknown, twice }),
    keysOf(object, place) {
      const known = KNOWN[place];
      for (const key in object) if (!known.has(key) && !isEmpty(object[key])) countKey(place, key, 1);
    },
    tell: (_, name) => countTwice(name, 1),
    add(counted) {
      for (const { place, key, count } of counted.unknown.values()) countKey(place, key, count);
      for (const [name, count] of counted.twice) countTwice(name, count);
    },
    notes: () => [
      ...[...unknown.values()].map(({ place, key, count }) => {
        const near = nearestName(key, [...KNOWN[place]]);
        const advice =
          near === undefined ? 'what is to be learned from belongs into "fields"' : `did you mean "${near}"?`;
        return `${JSON.stringify(key)} in ${count} ${placeName(place, count)} is not read; ${advice}`;
      }),
      ...[...twice].map(
        ([name, count]) =>
          `field ${JSON.stringify(name)} stands ${count === 1 ? 'once' : `${count} times`} beside another of its name, and the last one counts; give several values as a list`,
      ),
    ],
  };

  function countKey(place: KeyPlace, key: string, count: number): void {
    const name = `${place} ${key}`;
    const found = unknown.get(name);
    if (found) found.count += count;
    else if (unknown.size < limit) unknown.set(name, { place, key, count });
  }

  function countTwice(name: string, count: number): void {
    if (twice.size < limit || twice.has(name)) twice.set(name, (twice.get(name) ?? 0) + count);
  }
}

/** Exporters write all the columns that they have: those without a value tell nothing. */
const isEmpty = (value: unknown): boolean =>
  value === null || value === undefined || (Array.isArray(value) && value.length === 0);

function placeName(place: KeyPlace, count: number): string {
  if (place === 'fields') return count === 1 ? 'entry of "fields"' : 'entries of "fields"';
  if (place === 'items') return count === 1 ? 'entry of "items"' : 'entries of "items"';
  return `${place} event${count === 1 ? '' : 's'}`;
}
