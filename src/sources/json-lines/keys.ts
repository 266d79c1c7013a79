/** The keys, and the kinds of events, that a line of the common form has. */
// biome-ignore format: one list
const KEYS = [
  'event', 'id', 'user', 'item', 'items', 'type', 'fields', 'ranking', 'session', 'surface', 'variant', 'policy', 'timestamp',
  'interaction', 'propensity', 'placePropensity', 'position', 'row', 'col', 'relevancy', 'name', 'value',
] as const;
export type Key = (typeof KEYS)[number];

export interface Keys {
  /** The key of some letters; undefined for any other. */
  of(bytes: Buffer, from: number, to: number): Key | undefined;
  /** Below 32. */
  numberOf(key: Key): number;
}

export function createKeys(): Keys {
  const all = KEYS.map((key) => ({ key, letters: Buffer.from(key) }));
  const longest = Math.max(...KEYS.map(({ length }) => length));
  const byLength = Array.from({ length: longest + 1 }, (_, length) => all.filter(({ key }) => key.length === length));
  const numbers = new Map<Key, number>(KEYS.map((key, number) => [key, number]));
  return {
    of(bytes, from, to) {
      const candidates = byLength[to - from];
      if (candidates !== undefined)
        for (const { key, letters } of candidates) if (isAt(letters, bytes, from)) return key;
      return undefined;
    },
    numberOf: (key) => numbers.get(key) ?? 31,
  };
}

function isAt(letters: Buffer, bytes: Buffer, from: number): boolean {
  for (let at = 0; at < letters.length; at++) if (bytes[from + at] !== letters[at]) return false;
  return true;
}
