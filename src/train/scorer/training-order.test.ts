import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createRng } from '../../random/rng.ts';
import { BLOCK_LISTS, trainingOrder } from './training-order.ts';

const lengthOf = (list: number): number => 3 + ((list * 7919) % 48);
const lengthsOf = (lists: Int32Array): Int32Array => lists.map(lengthOf);
const upTo = (count: number): Int32Array => Int32Array.from({ length: count }, (_, n) => n);
const ordered = (count: number, { window = 4096, batch = 128, seed = 1 } = {}): Int32Array =>
  trainingOrder(upTo(count), { batch, window, lengthsOf, rng: createRng(seed) });
const shuffled = (count: number): Int32Array =>
  trainingOrder(upTo(count), { batch: 128, window: undefined, lengthsOf, rng: createRng(1) });

it('reads every list once, in an order that follows from the seed', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 6000 }), fc.integer({ min: 1, max: 3000 }), (count, window) => {
      const order = ordered(count, { window, batch: 32 });
      expect(order.toSorted()).toEqual(upTo(count));
      expect(ordered(count, { window, batch: 32 })).toEqual(order);
    }),
    { numRuns: 30 },
  );
  expect(ordered(5000, { seed: 2 })).not.toEqual(ordered(5000));
  expect(shuffled(500)).toEqual(createRng(1).shuffle(upTo(500)));
});

it('wastes less than a twentieth on padding with lists of 3 to 50 items, where a shuffle of all wastes nearly half', () => {
  const waste = (order: Int32Array): number => {
    let [items, places] = [0, 0];
    for (let start = 0; start < order.length; start += 64) {
      const lengths = lengthsOf(order.subarray(start, start + 64));
      items += lengths.reduce((sum, length) => sum + length, 0);
      places += lengths.length * Math.max(...lengths);
    }
    return 1 - items / places;
  };
  expect(waste(ordered(20_000))).toBeLessThan(0.05);
  expect(waste(shuffled(20_000))).toBeGreaterThan(0.4);
});

it('needs few blocks at a time, however many there are', () => {
  const order = ordered(40 * BLOCK_LISTS);
  for (let start = 0; start < order.length; start += 4096) {
    const blocks = new Set(order.subarray(start, start + 4096).map((list) => Math.floor(list / BLOCK_LISTS)));
    expect(blocks.size).toBe(4);
  }
  const first = order.subarray(0, 4096).map((list) => Math.floor(list / BLOCK_LISTS));
  expect([...new Set(first)].sort((a, b) => a - b)).not.toEqual([0, 1, 2, 3]);
});

it('mixes lengths in time: short lists do not come first', () => {
  const means = Array.from({ length: 32 }, (_, at) => {
    const lengths = lengthsOf(ordered(4096).subarray(at * 128, (at + 1) * 128));
    return lengths.reduce((sum, length) => sum + length, 0) / 128;
  });
  const falls = means.filter((mean, at) => at > 0 && mean < means[at - 1]).length;
  expect(falls).toBeGreaterThan(8);
});
