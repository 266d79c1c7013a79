import { createHash } from 'node:crypto';
import { beforeAll, expect, it } from 'vitest';
import { encodedDrinks } from '../../../test/encoded-drinks.ts';
import type { InMemorySlates } from './in-memory-slates.ts';

let slates: InMemorySlates;
let lists: Int32Array;
beforeAll(async () => {
  slates = (await encodedDrinks(60)).slates;
  lists = Int32Array.of(7, 0, 31, 7);
});

it('tells of lists in the order asked for, each as often as asked', () => {
  const { offsets, labelS, positionS, itemRateS, userB } = slates.outcomes(lists);
  const { columns } = slates;
  expect([...slates.lengths(lists)]).toEqual(Array.from(lists, (at) => columns.offsets[at + 1] - columns.offsets[at]));
  for (const [b, list] of lists.entries()) {
    const [start, end] = [columns.offsets[list], columns.offsets[list + 1]];
    const [from, to] = [offsets[b], offsets[b + 1]];
    expect([...labelS.subarray(from, to)]).toEqual([...columns.labelS.subarray(start, end)]);
    expect([...positionS.subarray(from, to)]).toEqual([...columns.positionS.subarray(start, end)]);
    expect([...itemRateS.subarray(from, to)]).toEqual([...columns.itemRateS.subarray(start, end)]);
    expect(userB[b]).toBe(columns.userB[list]);
  }
  expect(offsets).toHaveLength(5);
});

it('gives the labels of its outcomes in a batch too, padded', () => {
  const { B, K, maskBK, labelBK } = slates.batch(lists);
  const { offsets, labelS } = slates.outcomes(lists);
  expect(B).toBe(4);
  for (let b = 0; b < B; b++) {
    const length = offsets[b + 1] - offsets[b];
    for (let k = 0; k < K; k++) {
      expect(maskBK[b * K + k]).toBe(k < length ? 1 : 0);
      expect(labelBK[b * K + k]).toBe(k < length ? labelS[offsets[b] + k] : 0);
    }
  }
});

it('has one digest for the same lists, and another for any others', () => {
  const digest = (of: Int32Array): string => {
    const hash = createHash('sha256');
    slates.digest(hash, of);
    return hash.digest('hex');
  };
  expect(digest(lists)).toBe(digest(lists.slice()));
  expect(digest(Int32Array.of(0, 7, 31, 7))).not.toBe(digest(lists));
  expect(digest(lists.subarray(1))).not.toBe(digest(lists));
});
