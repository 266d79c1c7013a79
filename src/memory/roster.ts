/** Ids with small numbers, in the order in which they came: numbers of those who left are given again, the order stays. */
export interface Roster {
  readonly size: number;
  /** -1 of an id that is not there. */
  numberOf(id: string): number;
  idOf(number: number): string | undefined;
  /** Puts an id that is not there at the end; its number. */
  add(id: string): number;
  /** The number that it had; -1 of an id that is not there. */
  remove(id: string): number;
  /** In order. */
  entries(): IterableIterator<RosterEntry>;
  /** The same as it is now, whatever comes later. */
  capture(): IterableIterator<RosterEntry>;
}

export type RosterEntry = readonly [id: string, number: number];

const NONE = -1;

export function createRoster(): Roster {
  const numbers = new Map<string, number>();
  const ids: (string | undefined)[] = [];
  const free: number[] = [];
  /** By number: who came next, and who came before. */
  let next = new Int32Array(1024);
  let previous = new Int32Array(1024);
  let first = NONE;
  let last = NONE;

  function link(before: number, after: number): void {
    if (before === NONE) first = after;
    else next[before] = after;
    if (after === NONE) last = before;
    else previous[after] = before;
  }

  return {
    get size() {
      return numbers.size;
    },
    numberOf: (id) => numbers.get(id) ?? NONE,
    idOf: (number) => ids[number],
    add(id) {
      const number = free.pop() ?? ids.length;
      if (number === next.length) [next, previous] = [wider(next), wider(previous)];
      numbers.set(id, number);
      ids[number] = id;
      link(last, number);
      link(number, NONE);
      return number;
    },
    remove(id) {
      const number = numbers.get(id) ?? NONE;
      if (number === NONE) return NONE;
      link(previous[number], next[number]);
      numbers.delete(id);
      ids[number] = undefined;
      free.push(number);
      return number;
    },
    entries: () => walk(ids, next, first),
    // Copies of plain arrays: a million ids take some milliseconds.
    capture: () => walk([...ids], next.slice(), first),
  };
}

function* walk(ids: readonly (string | undefined)[], next: Int32Array, first: number): IterableIterator<RosterEntry> {
  for (let number = first; number !== NONE; number = next[number]) {
    const id = ids[number];
    if (id !== undefined) yield [id, number];
  }
}

function wider(numbers: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(numbers.length + (numbers.length >> 1));
  larger.set(numbers);
  return larger;
}
