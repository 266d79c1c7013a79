/** Pieces of a memory end to end as bytes: each with its kind and its length, and behind the last a checksum of all. */
import { checksum } from './node/checksum.ts';

/** What a piece holds. A number is never given to another kind. */
export const FRAME = {
  counts: 1,
  items: 2,
  userFields: 3,
  itemStates: 4,
  users: 5,
  open: 6,
  closed: 7,
  lastMetItems: 8,
  lastMetUsers: 9,
  end: 10,
} as const;

export interface Frame {
  readonly kind: number;
  readonly bytes: Uint8Array;
}

/** Kind, length. */
const HEAD = 5;

export interface FrameWriter {
  frame(kind: number, ...parts: readonly Uint8Array[]): Uint8Array;
  /** The last one. */
  end(): Uint8Array;
}

export function createFrameWriter(): FrameWriter {
  let sum = 0;
  function frame(kind: number, ...parts: readonly Uint8Array[]): Uint8Array {
    const length = parts.reduce((total, part) => total + part.length, 0);
    const bytes = new Uint8Array(HEAD + length);
    bytes[0] = kind;
    new DataView(bytes.buffer).setUint32(1, length, true);
    let at = HEAD;
    for (const part of parts) {
      bytes.set(part, at);
      at += part.length;
    }
    sum = checksum(bytes, sum);
    return bytes;
  }
  return { frame, end: () => frame(FRAME.end, wholes([sum])) };
}

export interface FrameReader {
  /** The frames that are whole by now. Throws `RangeError` where the checksum is not theirs. */
  add(chunk: Uint8Array): Frame[];
  /** The last one was there. */
  readonly isComplete: boolean;
}

export function createFrameReader(): FrameReader {
  let rest: Uint8Array = new Uint8Array(0);
  let sum = 0;
  let isComplete = false;
  return {
    get isComplete() {
      return isComplete;
    },
    add(chunk) {
      const bytes = rest.length === 0 ? chunk : joined(rest, chunk);
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      const frames: Frame[] = [];
      let at = 0;
      while (at + HEAD <= bytes.length && !isComplete) {
        const end = at + HEAD + view.getUint32(at + 1, true);
        if (end > bytes.length) break;
        const kind = bytes[at];
        const content = bytes.subarray(at + HEAD, end);
        if (kind === FRAME.end) {
          if (wholesOf(content)[0] !== sum) throw new RangeError('the checksum is of other bytes');
          isComplete = true;
        } else {
          sum = checksum(bytes.subarray(at, end), sum);
          frames.push({ kind, bytes: content });
        }
        at = end;
      }
      rest = bytes.slice(at);
      if (isComplete && rest.length > 0) throw new RangeError('something follows the end');
      return frames;
    },
  };
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** A text's bytes as UTF-8, and back. */
export const bytesOfText = (text: string): Uint8Array => encoder.encode(text);
export const textOfBytes = (bytes: Uint8Array): string => decoder.decode(bytes);

/** Whole numbers below 2^32, four bytes each. */
export function wholes(values: readonly number[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(4 * values.length));
  for (const [at, value] of values.entries()) view.setUint32(4 * at, value, true);
  return new Uint8Array(view.buffer);
}

export function wholesOf(bytes: Uint8Array): readonly number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: bytes.length >> 2 }, (_, at) => view.getUint32(4 * at, true));
}
