import fc from 'fast-check';
import { expect, it } from 'vitest';
import { batchesByLength } from './slate-batches.ts';

it('every slate is in one batch, shorter ones first, no batch larger than 256, sizes at most one apart', () => {
  const lengths = fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 700 });
  fc.assert(
    fc.property(lengths, fc.integer({ min: 1, max: 8 }), (all, workers) => {
      const batches = batchesByLength(Int32Array.from(all), { workers });
      const order = batches.flatMap((batch) => [...batch]);
      expect(order.toSorted((a, b) => a - b)).toEqual([...all.keys()]);
      expect(order.map((b) => all[b])).toEqual(all.toSorted((a, b) => a - b));
      const sizes = batches.map((batch) => batch.length);
      expect(Math.max(0, ...sizes)).toBeLessThanOrEqual(256);
      if (sizes.length > 0) expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      if (all.length > 0) expect(sizes.every((size) => size > 0)).toBe(true);
    }),
  );
});

it('a call large enough for it is shared among the threads, a small one is not', () => {
  expect(batchesByLength(new Int32Array(100), { workers: 2 }).map(({ length }) => length)).toEqual([50, 50]);
  expect(batchesByLength(new Int32Array(20), { workers: 2 }).map(({ length }) => length)).toEqual([20]);
  expect(batchesByLength(new Int32Array(600), { workers: 1 }).map(({ length }) => length)).toEqual([200, 200, 200]);
});

it('long slates are fewer to a batch: items and pairs of a batch are bounded', () => {
  const sizes = (length: number): readonly number[] =>
    batchesByLength(new Int32Array(300).fill(length), { workers: 1 }).map((batch) => batch.length);
  expect(sizes(50)).toEqual([150, 150]);
  expect(Math.max(...sizes(100))).toBe(64);
  expect(Math.max(...sizes(1000))).toBe(1);
  expect(sizes(1000)).toHaveLength(300);
});
