import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { orderByScore } from './order-by-score.ts';

/** Array.prototype.sort is stable by the language's own promise. */
function expectedOrder(scores: readonly number[]): number[] {
  return scores
    .map((score, index) => ({ score, index }))
    .sort((a, b) => (a.score > b.score ? -1 : a.score < b.score ? 1 : 0))
    .map(({ index }) => index);
}

const score = fc.oneof(
  fc.double({ noNaN: true }),
  fc.float({ noNaN: true }),
  fc.constantFrom(0, -0, 1, -1, Infinity, -Infinity, Number.MIN_VALUE, -Number.MAX_VALUE),
);

describe('orderByScore', () => {
  it('is the stable order, highest first, of few scores and of many', () => {
    fc.assert(
      fc.property(fc.array(score, { maxLength: 30 }), fc.boolean(), (few, many) => {
        // 256 scores and more take the other path; repeating them makes ties.
        const scores = many ? Array.from({ length: 300 }, (_, i) => few[(i * 7) % few.length] ?? i) : few;
        expect([...orderByScore(scores)]).toEqual(expectedOrder(scores));
      }),
    );
  });

  it.each([3, 300])('refuses NaN among %i scores and says where', (count) => {
    const scores = new Float64Array(count);
    scores[2] = Number.NaN;
    expect(() => orderByScore(scores)).toThrow('got NaN at index 2');
  });
});
