import { copyOfMap, type MapCopy } from './map-copy.ts';

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
  /** Those beyond the limits at a time, oldest first; of one time in the order of `compare`, whoever was met first within it. */
  expired(clock: number): readonly K[];
  delete(key: K): void;
  /** In the order they were met, as it is now. */
  capture(): MapCopy<K, number>;
  /** Oldest first; of one time in the order of `compare`. */
  entries(): readonly (readonly [K, number])[];
}

export interface LastMetOptions<K> {
  readonly compare: (a: K, b: K) => number;
  readonly stored?: readonly (readonly [K, number])[] | undefined;
}

/** Undefined where nothing is limited: then nothing need be kept. */
export function createLastMet<K>(
  most: number | undefined,
  age: number | undefined,
  { compare, stored = [] }: LastMetOptions<K>,
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
    expired(clock) {
      const gone: K[] = [];
      let moment: K[] = [];
      let momentTime = Number.NaN;
      const over = times.size - limit;
      for (const [key, time] of times) {
        if (time !== momentTime) {
          take();
          if (gone.length >= over && clock - time <= span) return gone;
          momentTime = time;
        }
        moment.push(key);
      }
      take();
      return gone;

      /** Of one moment all, or as many as are too many. */
      function take(): void {
        const isOld = clock - momentTime > span;
        gone.push(...(isOld ? moment : moment.sort(compare).slice(0, Math.max(0, over - gone.length))));
        moment = [];
      }
    },
    delete: (key) => void times.delete(key),
    capture: () => copyOfMap(times),
    entries: () => [...times].sort(([a, met], [b, then]) => met - then || compare(a, b)),
  };
}
