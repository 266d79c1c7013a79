/** One memory that all threads read. */
export const memoryForThreads = (length: number): Float32Array => new Float32Array(new SharedArrayBuffer(4 * length));

/** Bit by bit: a zero is not a negative zero, and a NaN is itself. */
export const isSame = (one: Float32Array, other: Float32Array): boolean => bytesOf(one).equals(bytesOf(other));

const bytesOf = ({ buffer, byteOffset, byteLength }: Float32Array): Buffer =>
  Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength);
