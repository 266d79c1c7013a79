/**
 * Rows by hashes. Rows are numbered in the order in which they come, and the oldest goes first; each knows the one before it in its bucket, so that a row that goes need not be taken out:
 * whoever looks from the newest on stops at it. In typed arrays, which a garbage collector does not look through.
 */
export interface RowIndex {
  /** A row behind all others, and its hash; 0: it is not looked for. */
  add(row: number, hash: number): void;
  /** Nothing before this row is there any more. */
  removeBefore(row: number): void;
  /** Rows of a hash, oldest first: other things than those that are looked for may have it. */
  of(hash: number): readonly number[];
  /** The row is not looked for any more. */
  hide(row: number): void;
}

/** Rows at the beginning; a power of two. */
const ROOM = 64;
const NONE: readonly never[] = [];

/** `first`: the number of the first row, from 1. */
export function createRowIndex(first = 1): RowIndex {
  let room = ROOM;
  /** By bucket its newest row, by row the one before it in its bucket; the lowest 32 digits of their numbers. */
  let newest = new Uint32Array(ROOM);
  let older = new Uint32Array(ROOM);
  let hashes = new Int32Array(ROOM);
  let start = first;
  let end = first;

  const bucketOf = (hash: number): number => (hash ^ (hash >>> 15)) & (room - 1);

  function link(row: number, hash: number): void {
    const bucket = bucketOf(hash);
    older[row & (room - 1)] = newest[bucket];
    newest[bucket] = row;
  }

  function grow(): void {
    const [oldRoom, oldHashes] = [room, hashes];
    room *= 2;
    [newest, older, hashes] = [new Uint32Array(room), new Uint32Array(room), new Int32Array(room)];
    for (let row = start; row < end; row++) {
      const hash = oldHashes[row & (oldRoom - 1)];
      hashes[row & (room - 1)] = hash;
      if (hash !== 0) link(row, hash);
    }
  }

  return {
    add(row, hash) {
      if (row - start >= room) grow();
      end = row + 1;
      hashes[row & (room - 1)] = hash;
      if (hash !== 0) link(row, hash);
    },
    removeBefore(row) {
      start = row;
    },
    of(hash) {
      let row = rowBefore(end, newest[bucketOf(hash)]);
      if (row < start) return NONE;
      const rows: number[] = [];
      for (; row >= start; row = rowBefore(row, older[row & (room - 1)]))
        if (hashes[row & (room - 1)] === hash) rows.push(row);
      return rows.reverse();
    },
    hide(row) {
      hashes[row & (room - 1)] = 0;
    },
  };
}

/** The row before another that has these lowest 32 digits: always an older one. */
const rowBefore = (row: number, digits: number): number => row - ((row - digits) >>> 0 || 2 ** 32);
