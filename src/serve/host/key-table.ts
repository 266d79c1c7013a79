/**
 * Keys of one length in the order in which they came, each with its place: how many came before it, ever. They lie in arrays, as do two numbers of each, and a
 * table of places by hash finds them: as strings in a `Map`, millions of them would be most of what the garbage collector looks through.
 */
export interface KeyTable {
  /** The place of a key; -1 where it is not there. */
  find(key: Uint8Array): number;
  /** Puts a key at the end that is not there. */
  push(key: Uint8Array, sequence: number, arrivedAt: number): void;
  /** Takes a key away; its place stays empty. */
  remove(place: number): void;
  isThere(place: number): boolean;
  /** Holds until the next `push`. */
  keyAt(place: number): Uint8Array;
  sequenceAt(place: number): number;
  arrivalAt(place: number): number;
  /** Nothing before `place` is asked for any more: none of it is there. */
  forgetBefore(place: number): void;
  /** The first place that is not forgotten, and the one that the next key gets. */
  readonly first: number;
  readonly end: number;
  /** Keys that are there. */
  readonly size: number;
}

/** Places at the beginning; a power of two. */
const ROOM = 1024;
/** Of a place whose key was taken away. */
const GONE = -1;

export function createKeyTable(width: number): KeyTable {
  /** By place, the lowest digits of it: where the oldest stood, the newest come. */
  let room = ROOM;
  let keys = new Uint8Array(ROOM * width);
  let sequences = new Float64Array(ROOM);
  let arrivals = new Float64Array(ROOM);
  /** By hash: where a key lies + 1, or where one lies that could not have its own slot; 0: nothing. */
  let table = new Int32Array(2 * ROOM);
  let first = 0;
  let end = 0;
  let size = 0;

  const whereIs = (place: number): number => place & (room - 1);

  function slotOf(bytes: Uint8Array, from: number): number {
    let hash = 0x811c9dc5;
    for (let at = from; at < from + width; at++) hash = Math.imul(hash ^ bytes[at], 0x01000193);
    return (hash ^ (hash >>> 15)) & (table.length - 1);
  }

  function isKey(where: number, key: Uint8Array): boolean {
    for (let at = 0; at < width; at++) if (keys[where * width + at] !== key[at]) return false;
    return true;
  }

  function enter(where: number): void {
    let slot = slotOf(keys, where * width);
    while (table[slot] !== 0) slot = (slot + 1) & (table.length - 1);
    table[slot] = where + 1;
  }

  /** Keys behind the one that leaves move up, so that each is found from its own slot on. */
  function leave(where: number): void {
    const mask = table.length - 1;
    let empty = slotOf(keys, where * width);
    while (table[empty] !== where + 1) empty = (empty + 1) & mask;
    for (let slot = (empty + 1) & mask; table[slot] !== 0; slot = (slot + 1) & mask) {
      const own = slotOf(keys, (table[slot] - 1) * width);
      if (((slot - own) & mask) < ((slot - empty) & mask)) continue;
      table[empty] = table[slot];
      empty = slot;
    }
    table[empty] = 0;
  }

  function grow(): void {
    const [oldRoom, oldKeys, oldSequences, oldArrivals] = [room, keys, sequences, arrivals];
    room *= 2;
    [keys, table] = [new Uint8Array(room * width), new Int32Array(2 * room)];
    [sequences, arrivals] = [new Float64Array(room), new Float64Array(room)];
    for (let place = first; place < end; place++) {
      const [from, to] = [place & (oldRoom - 1), whereIs(place)];
      keys.set(oldKeys.subarray(from * width, (from + 1) * width), to * width);
      sequences[to] = oldSequences[from];
      arrivals[to] = oldArrivals[from];
      if (sequences[to] !== GONE) enter(to);
    }
  }

  return {
    find(key) {
      const mask = table.length - 1;
      for (let slot = slotOf(key, 0); table[slot] !== 0; slot = (slot + 1) & mask) {
        const where = table[slot] - 1;
        if (isKey(where, key)) return first + ((where - first) & (room - 1));
      }
      return -1;
    },
    push(key, sequence, arrivedAt) {
      if (key.length !== width) throw new RangeError(`push: expected a key of ${width} bytes, found ${key.length}`);
      if (end - first === room) grow();
      const where = whereIs(end++);
      keys.set(key, where * width);
      sequences[where] = sequence;
      arrivals[where] = arrivedAt;
      enter(where);
      size++;
    },
    remove(place) {
      const where = whereIs(place);
      if (sequences[where] === GONE) return;
      leave(where);
      sequences[where] = GONE;
      size--;
    },
    isThere: (place) => sequences[whereIs(place)] !== GONE,
    keyAt: (place) => keys.subarray(whereIs(place) * width, (whereIs(place) + 1) * width),
    sequenceAt: (place) => sequences[whereIs(place)],
    arrivalAt: (place) => arrivals[whereIs(place)],
    forgetBefore(place) {
      first = place;
    },
    get first() {
      return first;
    },
    get end() {
      return end;
    },
    get size() {
      return size;
    },
  };
}
