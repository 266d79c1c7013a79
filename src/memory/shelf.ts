/** Values, none of them an array, that come and go in one order, found by a key that several of them may have. */
export interface Shelf<T> {
  add(value: T): void;
  /** Those of a key, in the order they came. */
  of(key: string): readonly T[];
  first(): T | undefined;
  removeFirst(): void;
  clear(): void;
  readonly size: number;
  /** Takes away all of a key: for once in a while, since everything is looked through. */
  removeAll(key: string): void;
  /** In the order they came, as it is now. */
  all(): T[];
}

export function createShelf<T extends object>(keyOf: (value: T) => string): Shelf<T> {
  /** Hardly any key has two: an array for each would be most of what a shelf takes. */
  const byKey = new Map<string, T | T[]>();
  let queue: (T | undefined)[] = [];
  /** Of `queue`; what stands before it is gone. */
  let head = 0;
  return {
    add(value) {
      queue.push(value);
      const key = keyOf(value);
      const known = byKey.get(key);
      if (known === undefined) byKey.set(key, value);
      else if (areSeveral(known)) known.push(value);
      else byKey.set(key, [known, value]);
    },
    of(key) {
      const known = byKey.get(key);
      if (known === undefined) return NONE;
      return areSeveral(known) ? known : [known];
    },
    first: () => queue[head],
    removeFirst() {
      const value = queue[head];
      if (value === undefined) return;
      queue[head++] = undefined;
      // Values of a key leave in the order they came, as all do.
      const key = keyOf(value);
      const known = byKey.get(key);
      if (known !== undefined && areSeveral(known) && known.length > 1) known.shift();
      else byKey.delete(key);
      if (head < MOST_GONE || head < queue.length / 2) return;
      queue = queue.slice(head);
      head = 0;
    },
    clear() {
      byKey.clear();
      queue = [];
      head = 0;
    },
    get size() {
      return queue.length - head;
    },
    removeAll(key) {
      if (!byKey.delete(key)) return;
      queue = queue.slice(head).filter((value) => value !== undefined && keyOf(value) !== key);
      head = 0;
    },
    all: () => queue.slice(head) as T[],
  };
}

const areSeveral = <T extends object>(known: T | T[]): known is T[] => Array.isArray(known);

const NONE: readonly never[] = [];
/** So many that are gone are worth moving the rest for. */
const MOST_GONE = 1024;
