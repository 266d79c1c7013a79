import { Buffer } from 'node:buffer';

/** Events of the last day, oldest first: by which key each is known again, the sequence of its entry, and when it arrived. */
export interface RecentPiece {
  readonly keys: readonly string[];
  readonly sequences: readonly number[];
  readonly arrivals: readonly number[];
}

/** A number. */
const WIDTH = 8;

/** How many there are, their sequences, their arrivals, and then their keys as JSON. */
export function recentToBytes({ keys, sequences, arrivals }: RecentPiece): Uint8Array {
  const count = keys.length;
  const text = Buffer.from(JSON.stringify(keys));
  const bytes = Buffer.allocUnsafe(WIDTH * (1 + 2 * count) + text.length);
  bytes.writeDoubleLE(count, 0);
  for (let at = 0; at < count; at++) {
    bytes.writeDoubleLE(sequences[at], WIDTH * (1 + at));
    bytes.writeDoubleLE(arrivals[at], WIDTH * (1 + count + at));
  }
  text.copy(bytes, WIDTH * (1 + 2 * count));
  return bytes;
}

export function recentFrom(given: Uint8Array): RecentPiece {
  const bytes = Buffer.from(given.buffer, given.byteOffset, given.length);
  const count = bytes.readDoubleLE(0);
  const numbers = (from: number): number[] => {
    const found: number[] = [];
    for (let at = from; at < from + count; at++) found.push(bytes.readDoubleLE(WIDTH * at));
    return found;
  };
  const keys = JSON.parse(bytes.toString('utf8', WIDTH * (1 + 2 * count))) as readonly string[];
  return { keys, sequences: numbers(1), arrivals: numbers(1 + count) };
}
