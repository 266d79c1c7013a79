/** Values of a category or tags field as ids. Id 0 is the unknown value, which values rarer than `minCount` share. */
export interface Vocabulary {
  readonly ids: ReadonlyMap<string, number>;
  /** Including the unknown one. */
  readonly size: number;
  /** Inverse document frequency of each id, log(documents / count); 0 for the unknown one. */
  readonly idf: Float32Array;
}

export interface VocabularyOptions {
  readonly minCount: number;
  /** The most frequent values that are kept. */
  readonly limit: number;
}

/** From counts of documents that carry each value. Frequent values come first; equal counts in alphabetical order, so that the ids do not depend on the log's order. */
export function createVocabulary(
  counts: ReadonlyMap<string, number>,
  documents: number,
  { minCount, limit }: VocabularyOptions,
): Vocabulary {
  const kept = [...counts]
    .filter(([, count]) => count >= minCount)
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .slice(0, limit);
  const idf = Float32Array.from([0, ...kept.map(([, count]) => Math.log(1 + documents / count))]);
  return { ids: new Map(kept.map(([value], index) => [value, index + 1])), size: kept.length + 1, idf };
}

export interface VocabularyJson {
  readonly values: readonly string[];
  readonly idf: readonly number[];
}

export const vocabularyToJson = ({ ids, idf }: Vocabulary): VocabularyJson => ({
  values: [...ids.keys()],
  idf: [...idf],
});

export const vocabularyFromJson = ({ values, idf }: VocabularyJson): Vocabulary => ({
  ids: new Map(values.map((value, index) => [value, index + 1])),
  size: values.length + 1,
  idf: Float32Array.from(idf),
});
