/** Letters of an event's key, all of them of one byte. */
export const KEY_LENGTH = 22;

/** Events of the last day, oldest first: by which key each is known again, the sequence of its entry, and when it arrived. */
export interface RecentPiece {
  /** End to end. */
  readonly keys: Uint8Array;
  readonly sequences: Float64Array;
  readonly arrivals: Float64Array;
}

/** A number. */
const WIDTH = 8;

/** The sequences, the arrivals, and then the keys. */
export function recentToBytes({ keys, sequences, arrivals }: RecentPiece): Uint8Array {
  const numbers = WIDTH * sequences.length;
  const bytes = new Uint8Array(2 * numbers + keys.length);
  bytes.set(bytesOf(sequences));
  bytes.set(bytesOf(arrivals), numbers);
  bytes.set(keys, 2 * numbers);
  return bytes;
}

export function recentFrom(bytes: Uint8Array): RecentPiece {
  const count = bytes.length / (2 * WIDTH + KEY_LENGTH);
  // Copies: numbers lie where they may only in an array of their own, and what was read is much more.
  const numbers = new Float64Array(2 * count);
  bytesOf(numbers).set(bytes.subarray(0, 2 * WIDTH * count));
  return {
    keys: new Uint8Array(bytes.subarray(2 * WIDTH * count)),
    sequences: numbers.subarray(0, count),
    arrivals: numbers.subarray(count),
  };
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Float64Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);
