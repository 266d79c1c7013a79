import type { MemorySnapshot } from '../../memory/snapshot.ts';

/** A part of what a memory knows: either lists of which the pieces are put together, or the rest. */
export type MemoryPiece = Partial<MemorySnapshot>;

const ENTRIES = 64;

/** What a memory knows, in pieces. */
export function* piecesOfMemory(memory: MemorySnapshot): Generator<MemoryPiece> {
  const small: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(memory)) {
    if (!Array.isArray(value)) {
      small[key] = value;
      continue;
    }
    // An empty list has a piece too.
    for (let from = 0; from === 0 || from < value.length; from += ENTRIES)
      yield { [key]: value.slice(from, from + ENTRIES) };
  }
  yield small;
}

/** Puts pieces together. */
export function createMemoryBuilder(): { add(piece: MemoryPiece): void; build(): MemorySnapshot } {
  const built: Record<string, unknown> = {};
  return {
    add(piece) {
      for (const [key, value] of Object.entries(piece)) {
        const known = built[key];
        if (Array.isArray(value) && Array.isArray(known)) for (const each of value) known.push(each);
        else built[key] = value;
      }
    },
    build: () => built as unknown as MemorySnapshot,
  };
}
