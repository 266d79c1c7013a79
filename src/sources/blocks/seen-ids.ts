/** Ids as indices, in the order of first sight; written as a vocabulary file, one id per row. */
export interface SeenIds {
  indexOf(id: string): number;
  readonly ids: readonly string[];
}

/** Goes on after ids that are known. */
export function createIdTable(known: readonly string[] = []): SeenIds {
  const indices = new Map(known.map((id, index) => [id, index]));
  const ids = [...known];
  return {
    ids,
    indexOf(id) {
      const known = indices.get(id);
      if (known !== undefined) return known;
      indices.set(id, ids.length);
      ids.push(id);
      return ids.length - 1;
    },
  };
}
