import { describe, expect, it } from 'vitest';
import { attentionUnitsK, unitsForShare } from './attention.ts';

const sum = (units: ArrayLike<number>): number => Array.from(units).reduce((a, b) => a + b, 0);

describe('attention', () => {
  it('falls as 1 / log2(rank + 1)', () => {
    const units = attentionUnitsK(50);
    for (let rank = 1; rank <= 50; rank++) expect(units[rank - 1] / units[0]).toBeCloseTo(1 / Math.log2(rank + 1), 11);
  });

  it('sums to the same in any order', () => {
    const units = attentionUnitsK(200);
    expect(sum(units.toReversed())).toBe(sum(units));
    expect(sum(units.toSorted((a, b) => ((a * 7) % 13) - ((b * 7) % 13)))).toBe(sum(units));
  });

  it('counts a share that is reached exactly, and not one short by a millionth', () => {
    for (const size of [1, 2, 7, 24]) {
      const units = attentionUnitsK(size);
      const weights = Array.from({ length: size }, (_, position) => 1 / Math.log2(position + 2));
      for (let first = 0; first <= size; first++) {
        const share = sum(weights.slice(0, first)) / sum(weights);
        expect(sum(units.slice(0, first))).toBeGreaterThanOrEqual(unitsForShare(share, size));
        expect(sum(units.slice(0, first))).toBeLessThan(unitsForShare(share + 1e-6, size));
      }
    }
  });
});
