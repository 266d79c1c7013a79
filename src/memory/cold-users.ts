/**
 * Bytes of users by their number, one behind the other in segments: whoever changes is written anew at the end, and a segment of which much is out of date is emptied into
 * the last one. What was written never changes, so that a picture of one moment costs no copy of it.
 */
import type { UserSegment, UserSegments } from './user-segments.ts';

export interface ColdUsers {
  has(slot: number): boolean;
  /** Holds until the next call. */
  read(slot: number): Uint8Array;
  write(slot: number, bytes: Uint8Array): void;
  remove(slot: number): void;
  /** Bytes that are held, those out of date included. */
  readonly bytes: number;
  /** What there is now, whatever comes later. */
  capture(): FrozenUsers;
}

export interface FrozenUsers extends Pick<ColdUsers, 'has' | 'read'> {
  /** To be called once; nothing is read any more. */
  release(): void;
}

interface Held {
  readonly segment: UserSegment;
  readonly size: number;
  used: number;
  /** Bytes out of date. */
  dead: number;
  holders: number;
}

/** A piece begins with its user's number and its length. */
const HEAD = 8;
/** Of all bytes, so many may be out of date. */
const MOST_DEAD = 1 / 8;
/** More than any segment has: a place is a segment's number times this, and where in it. */
const SPAN = 2 ** 32;

export function createColdUsers(segments: UserSegments): ColdUsers {
  const held: (Held | undefined)[] = [];
  const free: number[] = [];
  const head = new Uint8Array(HEAD);
  const headView = new DataView(head.buffer);
  /** By user's number: where the piece begins, -1 where there is none; and its length. */
  let places = new Float64Array(1024).fill(-1);
  let lengths = new Uint32Array(1024);
  let last = -1;
  let total = 0;
  let dead = 0;
  let isCleaning = false;

  const has = (slot: number): boolean => slot < places.length && places[slot] >= 0;

  function remove(slot: number): void {
    if (!has(slot)) return;
    const size = HEAD + lengths[slot];
    const owner = held[Math.floor(places[slot] / SPAN)];
    if (owner) owner.dead += size;
    dead += size;
    places[slot] = -1;
  }

  function write(slot: number, bytes: Uint8Array): void {
    remove(slot);
    if (slot >= places.length) growTo(slot + 1);
    const size = HEAD + bytes.length;
    const current = held[last];
    const target = current && current.used + size <= current.size ? current : begin(Math.max(segments.size, size));
    headView.setUint32(0, slot);
    headView.setUint32(4, bytes.length);
    target.segment.write(target.used, head);
    target.segment.write(target.used + HEAD, bytes);
    places[slot] = last * SPAN + target.used + HEAD;
    lengths[slot] = bytes.length;
    target.used += size;
    total += size;
    if (target !== current && !isCleaning) clean();
  }

  function begin(size: number): Held {
    held[last]?.segment.seal();
    const begun: Held = { segment: segments.make(size), size, used: 0, dead: 0, holders: 1 };
    last = free.pop() ?? held.length;
    held[last] = begun;
    return begun;
  }

  function clean(): void {
    isCleaning = true;
    while (dead > MOST_DEAD * total) {
      let most = -1;
      let share = 0;
      for (let at = 0; at < held.length; at++) {
        const one = held[at];
        if (!one || at === last || one.dead / one.used <= share) continue;
        most = at;
        share = one.dead / one.used;
      }
      const emptied = held[most];
      if (!emptied) break;
      empty(emptied, most);
    }
    isCleaning = false;
  }

  function empty(one: Held, number: number): void {
    // A copy: reading holds until the next call.
    const bytes = one.segment.read(0, one.used).slice();
    const view = new DataView(bytes.buffer);
    for (let at = 0; at < one.used; ) {
      const [slot, length] = [view.getUint32(at), view.getUint32(at + 4)];
      at += HEAD;
      if (places[slot] === number * SPAN + at) write(slot, bytes.subarray(at, at + length));
      at += length;
    }
    total -= one.used;
    dead -= one.dead;
    held[number] = undefined;
    free.push(number);
    letGo(one);
  }

  function growTo(count: number): void {
    const room = Math.max(count, places.length + (places.length >> 1));
    const [wider, longer] = [new Float64Array(room).fill(-1, places.length), new Uint32Array(room)];
    wider.set(places);
    longer.set(lengths);
    [places, lengths] = [wider, longer];
  }

  return {
    has,
    read: (slot) => readFrom(held, { place: places[slot], length: lengths[slot] }),
    write,
    remove,
    get bytes() {
      return total;
    },
    capture() {
      const kept = { held: [...held], places: places.slice(), lengths: lengths.slice() };
      for (const one of kept.held) if (one) one.holders++;
      return {
        has: (slot) => slot < kept.places.length && kept.places[slot] >= 0,
        read: (slot) => readFrom(kept.held, { place: kept.places[slot], length: kept.lengths[slot] }),
        release() {
          for (const one of kept.held) if (one) letGo(one);
        },
      };
    },
  };
}

function readFrom(
  held: readonly (Held | undefined)[],
  { place, length }: { place: number; length: number },
): Uint8Array {
  const number = Math.floor(place / SPAN);
  const one = held[number];
  if (!one) throw new RangeError('expected the bytes of a user, found none of that number');
  return one.segment.read(place - number * SPAN, length);
}

function letGo(one: Held): void {
  one.holders--;
  if (one.holders === 0) one.segment.release();
}
