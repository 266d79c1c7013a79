/** Plain memory, of which each thread is sent a copy: browsers share memory only within pages that a server has isolated from all others, and a file server sends no such headers. */
export const memoryForThreads = (length: number): Float32Array => new Float32Array(length);

/** Bit by bit: a zero is not a negative zero, and a NaN is itself. */
export function isSame(one: Float32Array, other: Float32Array): boolean {
  const [a, b] = [one, other].map(
    ({ buffer, byteOffset, length }) => new Int32Array(buffer as ArrayBuffer, byteOffset, length),
  );
  return a.length === b.length && a.every((word, at) => word === b[at]);
}
