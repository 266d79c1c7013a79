/** Events that no memory took, the latest of them: another process that finds them in the journal must not take them for known. */
export interface UntakenEvents {
  /** Sequence of the latest entry of this key that counts for nothing. */
  find(key: string): number | undefined;
  add(key: string, sequence: number): void;
}

const LIMIT = 100_000;

export function createUntakenEvents(limit: number = LIMIT): UntakenEvents {
  const known = new Map<string, number>();
  return {
    find: (key) => known.get(key),
    add(key, sequence) {
      known.delete(key);
      known.set(key, sequence);
      if (known.size <= limit) return;
      for (const oldest of known.keys()) {
        known.delete(oldest);
        break;
      }
    },
  };
}
