/** The chunks of a file that are held in memory: at most so many, those that were asked for last. */
export interface ChunkCache<C> {
  /** Reads it now, unless it is there. */
  of(chunk: number): C;
  /** Begins to read what is not there, beside other work. */
  ahead(chunks: Iterable<number>): void;
}

export interface ChunkReaders<C> {
  readonly held: number;
  readonly read: (chunk: number) => C;
  readonly readAhead: (chunk: number) => Promise<C>;
}

export function createChunkCache<C>({ held, read, readAhead }: ChunkReaders<C>): ChunkCache<C> {
  /** The one that was asked for last stands last. */
  const there = new Map<number, C>();
  const coming = new Set<number>();

  function keep(chunk: number, columns: C): C {
    there.delete(chunk);
    there.set(chunk, columns);
    for (const [oldest] of there) {
      if (there.size <= held) break;
      there.delete(oldest);
    }
    return columns;
  }

  return {
    of: (chunk) => keep(chunk, there.get(chunk) ?? read(chunk)),
    ahead(chunks) {
      for (const chunk of chunks) {
        if (there.has(chunk) || coming.has(chunk) || coming.size >= held) continue;
        coming.add(chunk);
        readAhead(chunk)
          .then((columns) => there.has(chunk) || keep(chunk, columns))
          // What cannot be read is told when it is asked for.
          .catch(() => undefined)
          .finally(() => coming.delete(chunk));
      }
    },
  };
}
