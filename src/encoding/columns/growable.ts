import { sharedMemory } from '../node/shared-memory.ts';

/** A typed array that grows by doubling: columns whose length may be known only at the end. */
export interface Growable<A extends Float32Array | Float64Array | Int32Array | Uint8Array> {
  readonly length: number;
  push(value: number): void;
  pushAll(values: ArrayLike<number>): void;
  /** Everything so far, as an array of exactly that length. */
  finish(): A;
}

export function createGrowable<A extends Float32Array | Float64Array | Int32Array | Uint8Array>(
  create: (length: number) => A,
  room: number,
): Growable<A> {
  let values = create(Math.max(1, room));
  let length = 0;
  const reserve = (wanted: number): void => {
    if (wanted <= values.length) return;
    const larger = create(Math.max(wanted, 2 * values.length));
    larger.set(values);
    values = larger;
  };
  return {
    get length() {
      return length;
    },
    push(value) {
      reserve(length + 1);
      values[length++] = value;
    },
    pushAll(added) {
      reserve(length + added.length);
      values.set(added, length);
      length += added.length;
    },
    // Nothing is copied where the room that was asked for is filled; nothing may be pushed afterwards.
    finish() {
      if (length === values.length) return values;
      const exact = create(length);
      exact.set(values.subarray(0, length));
      return exact;
    },
  };
}

/** Elements that there is room for before it grows. */
const ROOM = 64;

/** Whether other threads can read what grows. */
export type Sharing = 'own' | 'shared';

const memory = (bytes: number, sharing: Sharing): ArrayBufferLike =>
  sharing === 'shared' ? sharedMemory(bytes) : new ArrayBuffer(bytes);

export const growableFloats = (room: number = ROOM, sharing: Sharing = 'own'): Growable<Float32Array> =>
  createGrowable((length) => new Float32Array(memory(4 * length, sharing)), room);
export const growableDoubles = (room: number = ROOM, sharing: Sharing = 'own'): Growable<Float64Array> =>
  createGrowable((length) => new Float64Array(memory(8 * length, sharing)), room);
export const growableIntegers = (room: number = ROOM, sharing: Sharing = 'own'): Growable<Int32Array> =>
  createGrowable((length) => new Int32Array(memory(4 * length, sharing)), room);
export const growableBytes = (room: number = ROOM, sharing: Sharing = 'own'): Growable<Uint8Array> =>
  createGrowable((length) => new Uint8Array(memory(length, sharing)), room);
