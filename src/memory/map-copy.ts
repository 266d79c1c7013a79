/** A map as it is now, in its order, whatever comes later. Keys and values apart: no object is made for each. */
export interface MapCopy<K, V> {
  readonly keys: readonly K[];
  readonly values: readonly V[];
}

export const copyOfMap = <K, V>(map: ReadonlyMap<K, V>): MapCopy<K, V> => ({
  keys: [...map.keys()],
  values: [...map.values()],
});

export function* entriesOf<K, V>({ keys, values }: MapCopy<K, V>): IterableIterator<readonly [K, V]> {
  for (let at = 0; at < keys.length; at++) yield [keys[at], values[at]];
}
