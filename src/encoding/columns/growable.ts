/** A typed array that grows by doubling: columns whose length is known only at the end of a replay. */
export interface Growable<A extends Float32Array | Float64Array | Int32Array | Uint8Array> {
  readonly length: number;
  push(value: number): void;
  pushAll(values: ArrayLike<number>): void;
  /** Everything so far, as an array of exactly that length. */
  finish(): A;
  /** The same without a copy: shares memory with the growing array, which never changes an element once pushed. */
  view(): A;
}

export function createGrowable<A extends Float32Array | Float64Array | Int32Array | Uint8Array>(
  create: (length: number) => A,
): Growable<A> {
  let values = create(1024);
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
    finish: () => values.slice(0, length) as A,
    view: () => values.subarray(0, length) as A,
  };
}

export const growableFloats = (): Growable<Float32Array> => createGrowable((length) => new Float32Array(length));
export const growableDoubles = (): Growable<Float64Array> => createGrowable((length) => new Float64Array(length));
export const growableIntegers = (): Growable<Int32Array> => createGrowable((length) => new Int32Array(length));
export const growableBytes = (): Growable<Uint8Array> => createGrowable((length) => new Uint8Array(length));
