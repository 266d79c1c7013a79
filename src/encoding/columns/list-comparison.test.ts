import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createListComparison } from './list-comparison.ts';

const [C, A, room] = [3, 2, 7];
const numbers = 2 * C + 2 * A + 2;

/** Every number from its definition, in one pass over the others. */
function expected(valuesCK: readonly (readonly number[])[], alike: (k: number, other: number) => number): number[][] {
  const K = valuesCK[0].length;
  return Array.from({ length: K }, (_, k) => {
    const others = Array.from({ length: K }, (_, other) => other).filter((other) => other !== k);
    const share = (value: number, other: number): number => (other < value ? 1 : other === value ? 0.5 : 0);
    const plain = valuesCK.flatMap((values) => [
      values[k] - values.reduce((sum, value) => sum + value, 0) / K,
      K > 1 ? others.reduce((sum, other) => sum + share(values[k], values[other]), 0) / (K - 1) : 0.5,
    ]);
    const weight = others.reduce((sum, other) => sum + alike(k, other), 0);
    const amongAlike = valuesCK
      .slice(C - A)
      .flatMap((values) => [
        weight > 0 ? others.reduce((sum, other) => sum + alike(k, other) * (values[k] - values[other]), 0) / weight : 0,
        weight > 0
          ? others.reduce((sum, other) => sum + alike(k, other) * share(values[k], values[other]), 0) / weight
          : 0.5,
      ]);
    return [...plain, ...amongAlike, weight / Math.max(1, K - 1), Math.max(0, ...others.map((o) => alike(k, o)))];
  });
}

/** Items are 0 to 5; a list names some of them, each with values and likenesses of its own. */
const items = Array.from({ length: 6 }, (_, item) => [item % 3, item * 1.5 - 2, (item * 7) % 4]);
const likeness = (one: number, other: number): number =>
  ((one + 1) * (other + 1) * 37) % 11 < 4 ? 0 : 1 / (2 + one + other);
const list = fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: 0, maxLength: 6 });

describe('list comparison', () => {
  it('says of every item what its definition says, whatever was compared before and how much of it is kept', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(list, fc.nat({ max: 6 }), fc.nat({ max: 6 })), { minLength: 1 }), (calls) => {
        const comparison = createListComparison({ C, A, room });
        let before: readonly number[] = [];
        for (const [fresh, shared, claimed] of calls) {
          const head = before.slice(0, shared);
          const now = [...head, ...fresh.filter((item) => !head.includes(item))];
          const kept = Math.min(claimed, head.length);
          for (let k = kept; k < now.length; k++) {
            for (let c = 0; c < C; c++) comparison.valuesCK[c * room + k] = items[now[k]][c];
            for (let other = 0; other < k; other++)
              comparison.likenessKK[k * room + other] = likeness(now[k], now[other]);
          }
          const [stride, start] = [numbers + 2, 1];
          const row = new Float64Array(now.length * stride).fill(-7);
          comparison.compare(row, { K: now.length, stride, start, kept });
          const wanted =
            now.length === 0
              ? []
              : expected(
                  Array.from({ length: C }, (_, c) => now.map((item) => items[item][c])),
                  (k, other) => likeness(now[Math.max(k, other)], now[Math.min(k, other)]),
                );
          for (const [k, each] of wanted.entries()) {
            const found = [...row.subarray(k * stride, (k + 1) * stride)];
            expect([found[0], found[stride - 1]]).toEqual([-7, -7]);
            for (const [at, value] of each.entries()) expect(found[start + at]).toBeCloseTo(value, 12);
          }
          // To the last bit what a comparison that kept nothing says.
          const alone = createListComparison({ C, A, room });
          alone.valuesCK.set(comparison.valuesCK);
          alone.likenessKK.set(comparison.likenessKK);
          const again = new Float64Array(row.length).fill(-7);
          alone.compare(again, { K: now.length, stride, start, kept: 0 });
          expect(row).toEqual(again);
          before = now;
        }
      }),
      { numRuns: 300 },
    );
  });

  it('says of a long list at once what it says where its items come one by one, to the last bit', () => {
    const [K, stride] = [70, numbers];
    const values = [(k: number) => (k * 37) % 11, (k: number) => Math.sin(k), (k: number) => (k < 60 ? 0 : -0)];
    const [atOnce, oneByOne] = [true, false].map((isAtOnce) => {
      const comparison = createListComparison({ C, A, room: K });
      const row = new Float64Array(K * stride);
      for (let k = 0; k < K; k++) {
        for (let c = 0; c < C; c++) comparison.valuesCK[c * K + k] = values[c](k);
        for (let other = 0; other < k; other++) comparison.likenessKK[k * K + other] = likeness(k, other);
        if (!isAtOnce || k === K - 1) comparison.compare(row, { K: k + 1, stride, start: 0, kept: isAtOnce ? 0 : k });
      }
      return row;
    });
    expect(atOnce).toEqual(oneByOne);
  });
});
