/** Where bytes lie that are written once and read often: in memory, or wherever a program that makes segments puts them. */

/** A stretch of bytes, written from its start to its end. */
export interface UserSegment {
  /** Puts bytes at a place from its start; what lay there is gone. */
  write(at: number, bytes: Uint8Array): void;
  /** Nothing more is written to it. */
  seal(): void;
  /** Holds until the next call of any segment of its kind. */
  read(at: number, length: number): Uint8Array;
  /** It is not asked any more. */
  release(): void;
}

/** What makes segments. All calls are synchronous, since asking is. */
export interface UserSegments {
  /** Bytes that a segment has, unless one piece needs more. */
  readonly size: number;
  /** A new one of so many bytes, empty. */
  make(bytes: number): UserSegment;
}

export function segmentsInMemory(size: number = 1 << 20): UserSegments {
  /** Given back, for the next: what is left to the garbage collector stays for long. */
  const spare: Uint8Array[] = [];
  return {
    size,
    make(length) {
      const own = length === size ? spare.pop() : undefined;
      const bytes = own ?? new Uint8Array(length);
      return {
        write: (at, piece) => bytes.set(piece, at),
        seal: () => undefined,
        read: (at, count) => bytes.subarray(at, at + count),
        release() {
          if (length === size && spare.length < 4) spare.push(bytes);
        },
      };
    },
  };
}
