import { sharedMemory } from '../node/shared-memory.ts';

/**
 * A typed array that grows by doubling: columns whose length may be known only at the end.
 *
 * A class, as each list that is asked about has dozens of them: an object of its own with a getter takes ten times as long to make, and the collector of young garbage keeps it.
 */
export class Growable<A extends Float32Array | Float64Array | Int32Array | Uint8Array> {
  readonly #create: (length: number) => A;
  #values: A;
  #length = 0;

  /** `room`: elements that there is room for before it grows. */
  constructor(create: (length: number) => A, room: number) {
    this.#create = create;
    this.#values = create(Math.max(1, room));
  }

  /** Elements so far. */
  get length(): number {
    return this.#length;
  }

  /** Appends one. */
  push(value: number): void {
    this.#reserve(this.#length + 1);
    this.#values[this.#length++] = value;
  }

  /** Appends all. */
  pushAll(values: ArrayLike<number>): void {
    this.#reserve(this.#length + values.length);
    this.#values.set(values, this.#length);
    this.#length += values.length;
  }

  /** The one at a place. */
  at(place: number): number {
    return this.#values[place];
  }

  /** A copy of what there is from a place on. */
  from(start: number): A {
    const copy = this.#create(this.#length - start);
    copy.set(this.#values.subarray(start, this.#length));
    return copy;
  }

  /** Everything so far, as an array of exactly that length. Nothing is copied where the room that was asked for is filled; nothing may be pushed afterwards. */
  finish(): A {
    if (this.#length === this.#values.length) return this.#values;
    const exact = this.#create(this.#length);
    exact.set(this.#values.subarray(0, this.#length));
    return exact;
  }

  #reserve(wanted: number): void {
    if (wanted <= this.#values.length) return;
    const larger = this.#create(Math.max(wanted, 2 * this.#values.length));
    larger.set(this.#values);
    this.#values = larger;
  }
}

/** Elements that there is room for before it grows. */
const ROOM = 64;

/** Whether other threads can read what grows. */
export type Sharing = 'own' | 'shared';

const memory = (bytes: number, sharing: Sharing): ArrayBufferLike =>
  sharing === 'shared' ? sharedMemory(bytes) : new ArrayBuffer(bytes);

export const growableFloats = (room: number = ROOM, sharing: Sharing = 'own'): Growable<Float32Array> =>
  new Growable((length) => new Float32Array(memory(4 * length, sharing)), room);
export const growableDoubles = (room: number = ROOM, sharing: Sharing = 'own'): Growable<Float64Array> =>
  new Growable((length) => new Float64Array(memory(8 * length, sharing)), room);
export const growableIntegers = (room: number = ROOM, sharing: Sharing = 'own'): Growable<Int32Array> =>
  new Growable((length) => new Int32Array(memory(4 * length, sharing)), room);
export const growableBytes = (room: number = ROOM, sharing: Sharing = 'own'): Growable<Uint8Array> =>
  new Growable((length) => new Uint8Array(memory(length, sharing)), room);
