/**
 * Which place each of the latest keys has, up to a limit: a new key beyond it gets the place of the oldest. Plain data. A few keys are compared one by one; of many a table
 * is made at the first question, with open addressing, since a `Map` of each user takes ten times the bytes.
 */
export interface KeyRing {
  /** By place; whole numbers from 0, below 2^31. */
  readonly keys: number[];
  /** Place of the oldest key. */
  oldest: number;
  /** Place + 1 of the key that begins at a hash, or follows one that does; 0 where there is none. */
  table: Int32Array | undefined;
}

/** So many keys are compared as fast as they are hashed. */
const COMPARED = 16;

/** Tables that nobody needs any more, by their length, full of zeros: many users come and go, and each would leave some to the garbage collector. */
const spare = new Map<number, Int32Array[]>();
const MOST_SPARE = 16;

export const createKeyRing = (keys: number[] = []): KeyRing => ({ keys, oldest: 0, table: undefined });

export const copyOfRing = ({ keys, oldest, table }: KeyRing): KeyRing => ({
  keys: keys.slice(),
  oldest,
  table: table?.slice(),
});

/** The place of a key; -1 where it is not there. */
export function keyPlace(ring: KeyRing, key: number): number {
  const { keys } = ring;
  if (keys.length <= COMPARED) {
    for (let place = 0; place < keys.length; place++) if (keys[place] === key) return place;
    return -1;
  }
  const table = ring.table ?? makeTable(ring);
  const mask = table.length - 1;
  for (let at = hashOf(key) & mask; table[at] !== 0; at = (at + 1) & mask)
    if (keys[table[at] - 1] === key) return table[at] - 1;
  return -1;
}

/** The place of a key that is not there yet: one behind the last, or, where there are `limit` of them, that of the oldest, which goes. */
export function newKeyPlace(ring: KeyRing, key: number, limit: number): number {
  const { keys } = ring;
  const isNew = keys.length < limit;
  const place = isNew ? keys.length : ring.oldest;
  if (!isNew) {
    if (ring.table) remove(ring, ring.table, place);
    ring.oldest = (ring.oldest + 1) % keys.length;
  }
  keys[place] = key;
  if (ring.table) {
    if (2 * keys.length > ring.table.length) ring.table = undefined;
    else insert(ring.table, key, place);
  }
  return place;
}

/** Calls with every place, that of the oldest key first. */
export function eachPlace({ keys, oldest }: KeyRing, call: (place: number) => void): void {
  for (let place = oldest; place < keys.length; place++) call(place);
  for (let place = 0; place < oldest; place++) call(place);
}

/** Leaves the table of a ring to others; a question makes another. */
export function leaveTable(ring: KeyRing): void {
  const { table } = ring;
  if (!table) return;
  ring.table = undefined;
  const others = spare.get(table.length) ?? [];
  spare.set(table.length, others);
  if (others.length < MOST_SPARE) others.push(table.fill(0));
}

function makeTable(ring: KeyRing): Int32Array {
  let size = 4 * COMPARED;
  while (size < 3 * ring.keys.length) size *= 2;
  const table = spare.get(size)?.pop() ?? new Int32Array(size);
  for (let place = 0; place < ring.keys.length; place++) insert(table, ring.keys[place], place);
  ring.table = table;
  return table;
}

function insert(table: Int32Array, key: number, place: number): void {
  const mask = table.length - 1;
  let at = hashOf(key) & mask;
  while (table[at] !== 0) at = (at + 1) & mask;
  table[at] = place + 1;
}

/** Takes a place out, and closes the gap, so that every key is still found from its hash on. */
function remove({ keys }: KeyRing, table: Int32Array, place: number): void {
  const mask = table.length - 1;
  let gap = hashOf(keys[place]) & mask;
  while (table[gap] !== place + 1) gap = (gap + 1) & mask;
  for (let at = (gap + 1) & mask; table[at] !== 0; at = (at + 1) & mask) {
    const home = hashOf(keys[table[at] - 1]) & mask;
    // It may move to the gap unless its own hash lies behind it.
    if (((at - home) & mask) < ((at - gap) & mask)) continue;
    table[gap] = table[at];
    gap = at;
  }
  table[gap] = 0;
}

/** Indices and tokens are given in a row: their hashes must not be. */
function hashOf(key: number): number {
  const mixed = Math.imul(key, 0x9e3779b1);
  return (mixed ^ (mixed >>> 15)) >>> 0;
}
