import { describe, expect, it } from 'vitest';
import { createVocabulary, vocabularyFromJson, vocabularyToJson } from './vocabulary.ts';

const counts = new Map([
  ['sushi', 3],
  ['udon', 9],
  ['ramen', 9],
  ['natto', 1],
]);

describe('vocabulary', () => {
  it('numbers values from 1 by frequency, then alphabet, and leaves rare ones to the unknown id 0', () => {
    const { ids, size, idf } = createVocabulary(counts, 18, { minCount: 2, limit: 100 });
    expect([...ids]).toEqual([
      ['ramen', 1],
      ['udon', 2],
      ['sushi', 3],
    ]);
    expect(size).toBe(4);
    expect([...idf]).toEqual([0, Math.log(3), Math.log(3), Math.log(7)].map(Math.fround));
  });

  it('does not depend on the order of the log', () => {
    const turned = new Map([...counts].reverse());
    const options = { minCount: 1, limit: 100 };
    expect(createVocabulary(turned, 18, options)).toEqual(createVocabulary(counts, 18, options));
  });

  it('keeps the most frequent values when there are too many', () => {
    expect([...createVocabulary(counts, 18, { minCount: 1, limit: 1 }).ids.keys()]).toEqual(['ramen']);
  });

  it('survives JSON unchanged', () => {
    const vocabulary = createVocabulary(counts, 18, { minCount: 1, limit: 10 });
    expect(vocabularyFromJson(JSON.parse(JSON.stringify(vocabularyToJson(vocabulary))))).toEqual(vocabulary);
  });
});
