/** What a memory may hold; without a limit it holds everything that was met. */
export interface MemoryLimits {
  /** Most users, most items; who was met longest ago goes first. */
  readonly users?: number | undefined;
  readonly items?: number | undefined;
  /** Not met for so long: gone; milliseconds of the events' time. */
  readonly userAge?: number | undefined;
  readonly itemAge?: number | undefined;
}

/** Keys in the order they were last met. */
export interface LastMet<K> {
  touch(key: K, time: number): void;
  /** Removes and returns those beyond the limits, oldest first. */
  takeExpired(clock: number): readonly K[];
  /** Oldest first. */
  entries(): IterableIterator<readonly [K, number]>;
}

/** Undefined where nothing is limited: then nothing need be kept. */
export function createLastMet<K>(
  most: number | undefined,
  age: number | undefined,
  stored: readonly (readonly [K, number])[] = [],
): LastMet<K> | undefined {
  if (most === undefined && age === undefined) return undefined;
  const times = new Map<K, number>(stored);
  const limit = most ?? Number.POSITIVE_INFINITY;
  const span = age ?? Number.POSITIVE_INFINITY;
  return {
    touch(key, time) {
      times.delete(key);
      times.set(key, time);
    },
    takeExpired(clock) {
      const expired: K[] = [];
      for (const [key, time] of times) {
        if (times.size <= limit && clock - time <= span) break;
        times.delete(key);
        expired.push(key);
      }
      return expired;
    },
    entries: () => times.entries(),
  };
}
