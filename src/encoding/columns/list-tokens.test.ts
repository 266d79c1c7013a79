import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createListTokens, type TokenVector } from './list-tokens.ts';

const TOKENS = 12;
const vector: fc.Arbitrary<TokenVector> = fc
  .uniqueArray(fc.tuple(fc.nat({ max: TOKENS - 1 }), fc.double({ min: 0.01, max: 1, noNaN: true })), {
    selector: ([token]) => token,
  })
  .map((pairs) => ({ tokens: pairs.map(([token]) => token), tokenWeights: pairs.map(([, weight]) => weight) }));

/** By definition, over the first one's tokens in their order: the sum must have the same last bit. */
function dot(one: TokenVector, other: TokenVector): number {
  let sum = 0;
  for (const [index, token] of one.tokens.entries()) {
    const at = other.tokens.indexOf(token);
    if (at >= 0) sum += one.tokenWeights[index] * other.tokenWeights[at];
  }
  return sum;
}

it('gives dot products with the first items of whatever list was loaded last, bit by bit', () => {
  const tokens = createListTokens(TOKENS);
  fc.assert(
    fc.property(fc.array(vector, { maxLength: 40 }), vector, fc.nat({ max: 40 }), (items, other, wanted) => {
      tokens.load(items);
      const count = Math.min(wanted, items.length);
      const targetK = new Float64Array(items.length + 1).fill(-7);
      tokens.cosines(targetK, other, count);
      expect([...targetK.subarray(0, count)]).toEqual(items.slice(0, count).map((item) => dot(other, item)));
      expect([...targetK.subarray(count)].every((value) => value === -7)).toBe(true);
    }),
  );
});

it('raises the best of each item to a vector, but for the vector itself', () => {
  const tokens = createListTokens(TOKENS);
  fc.assert(
    fc.property(fc.array(vector, { minLength: 1, maxLength: 40 }), fc.array(vector), (items, others) => {
      tokens.load(items);
      const bestK = new Float64Array(items.length);
      const all = [items[0], ...others];
      for (const other of all) tokens.raise(bestK, other);
      const expected = items.map((item) =>
        Math.max(0, ...all.filter((other) => other !== item).map((other) => dot(other, item))),
      );
      expect([...bestK]).toEqual(expected);
    }),
  );
});

it('numbers the distinct tokens of a list', () => {
  const tokens = createListTokens(TOKENS);
  for (const lists of [[[3, 5], [], [5, 9]], [[9]], [[0, 3], [3]]]) {
    tokens.load(lists.map((each) => ({ tokens: each, tokenWeights: each.map(() => 1) })));
    const { distinct, tokenD, distinctE, startK } = tokens;
    expect(new Set(tokenD.subarray(0, distinct))).toEqual(new Set(lists.flat()));
    expect(distinct).toBe(new Set(lists.flat()).size);
    const found = lists.map((each, k) => each.map((_, index) => tokenD[distinctE[startK[k] + index]]));
    expect(found).toEqual(lists);
  }
});
