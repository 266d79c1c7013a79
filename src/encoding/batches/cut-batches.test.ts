import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cutBatches, LONGEST_LIST } from './cut-batches.ts';

const sizesOf = (ends: readonly number[]): readonly number[] => ends.map((end, at) => end - (ends[at - 1] ?? 0));

it('lists of up to 50 items are cut by their number alone', () => {
  const lengths = fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 600 });
  fc.assert(
    fc.property(lengths, fc.integer({ min: 1, max: 256 }), (all, most) => {
      const sizes = sizesOf(cutBatches(Int32Array.from(all), most));
      expect(sizes.slice(0, -1).every((size) => size === most)).toBe(true);
      expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(all.length);
    }),
  );
});

it('no batch of several lists has more than 12,800 items or 640,000 pairs, the padding counted', () => {
  const lengths = fc.array(fc.integer({ min: 0, max: LONGEST_LIST }), { maxLength: 200 });
  fc.assert(
    fc.property(lengths, (all) => {
      let start = 0;
      for (const end of cutBatches(Int32Array.from(all), 128)) {
        const K = Math.max(...all.slice(start, end));
        const B = end - start;
        if (B > 1) expect(B * K <= 12_800 && B * K * K <= 640_000).toBe(true);
        start = end;
      }
      expect(start).toBe(all.length);
    }),
  );
  expect(sizesOf(cutBatches(new Int32Array(5).fill(500), 128))).toEqual([2, 2, 1]);
  expect(sizesOf(cutBatches(Int32Array.of(3, 3, 2000, 3), 128))).toEqual([2, 1, 1]);
});

it('a list that no memory is sure to hold is refused', () => {
  expect(() => cutBatches(Int32Array.of(10, 10_000), 128)).toThrow('expected at most 4000 items, found 10000');
});
