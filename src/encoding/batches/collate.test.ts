import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exampleEncoders, exampleItems, randomLog } from '../../../test/example-features.ts';
import { createReplay } from '../../../test/replayed.ts';
import type { Impression } from '../../slate/impression.ts';
import type { Bags, EncodedSlates } from '../columns/encoded-slates.ts';
import { collate } from './collate.ts';

const H = 3;

function encode(log: readonly Impression[]): EncodedSlates {
  const replay = createReplay({
    encoders: { ...exampleEncoders, itemIds: new Map([['a', 1]]) },
    historyLength: H,
  });
  for (const [item, fields] of Object.entries(exampleItems)) replay.applyItem({ item, fields });
  for (const each of log) replay.add(each);
  return replay.take();
}

const bagOf = ({ offsets, ids }: Bags, row: number): number[] => [...ids.subarray(offsets[row], offsets[row + 1])];
const rowOf = (values: Float32Array, count: number, row: number): number[] => {
  const width = values.length / count;
  return [...values.subarray(row * width, (row + 1) * width)];
};

describe('collate', () => {
  it('gathers what the slates say, whatever impressions in whatever order, some twice', () => {
    fc.assert(
      fc.property(randomLog, fc.array(fc.nat(), { minLength: 1, maxLength: 8 }), (log, picks) => {
        const slates = encode(log);
        const indices = Int32Array.from(picks, (pick) => pick % log.length);
        const batch = collate(slates, indices);
        const slots = slates.offsets[slates.count];
        const lengths = Array.from(indices, (index) => slates.offsets[index + 1] - slates.offsets[index]);
        const K = Math.max(...lengths);
        const F = slates.slotDenseSF.length / slots;
        expect([batch.B, batch.K]).toEqual([indices.length, K]);
        for (const [b, index] of indices.entries()) {
          for (let k = 0; k < K; k++) {
            const [at, slot] = [b * K + k, slates.offsets[index] + k];
            const there = k < lengths[b];
            expect(batch.maskBK[at]).toBe(there ? 1 : 0);
            expect(batch.labelBK[at]).toBe(there ? slates.labelS[slot] : 0);
            expect(batch.positionBK[at]).toBe(there ? slates.positionS[slot] : 0);
            const dense = [...batch.slotDenseBKF.subarray(at * F, (at + 1) * F)];
            expect(dense).toEqual(there ? rowOf(slates.slotDenseSF, slots, slot) : new Array(F).fill(0));
            if (there) expectItem(batch.itemIndexBK[at], slates.itemRowS[slot]);
            else expect(batch.itemIndexBK[at]).toBe(0);
          }
          expect(rowOf(batch.contextDenseBF, batch.B, b)).toEqual(rowOf(slates.contextDenseBF, slates.count, index));
          expect(batch.contextBagsB.map((bags) => bagOf(bags, b))).toEqual(
            slates.contextBags.map((bags) => bagOf(bags, index)),
          );
          for (let h = 0; h < H; h++) {
            expectHistory(batch.clickedIndexBH, batch.clickedMaskBH, slates.clickedBH);
            expectHistory(batch.skippedIndexBH, batch.skippedMaskBH, slates.skippedBH);
            function expectHistory(found: Int32Array, mask: Float32Array, history: Int32Array): void {
              const row = history[index * H + h];
              expect(mask[b * H + h]).toBe(row < 0 ? 0 : 1);
              if (row >= 0) expectItem(found[b * H + h], row);
              else expect(found[b * H + h]).toBe(0);
            }
          }
        }

        function expectItem(u: number, row: number): void {
          expect(u).toBeLessThan(batch.U);
          expect(rowOf(batch.itemDenseUF, batch.U, u)).toEqual(rowOf(slates.items.denseRF, slates.items.count, row));
          expect(batch.itemBagsU.map((bags) => bagOf(bags, u))).toEqual(
            slates.items.bags.map((bags) => bagOf(bags, row)),
          );
        }
      }),
      { numRuns: 60 },
    );
  });

  it('lists every distinct item once', () => {
    fc.assert(
      fc.property(randomLog, (log) => {
        const slates = encode(log);
        const batch = collate(slates, Int32Array.from(log.keys()));
        const rows = new Set([...slates.itemRowS, ...slates.clickedBH, ...slates.skippedBH].filter((row) => row >= 0));
        expect(batch.U).toBe(rows.size);
      }),
      { numRuns: 30 },
    );
  });

  it('keeps two batches apart', () => {
    const slates = encode(fc.sample(randomLog, { numRuns: 1, seed: 3 })[0]);
    const first = collate(slates, Int32Array.of(0));
    const copy = structuredClone(first);
    collate(slates, Int32Array.of(1, 0));
    expect(first).toEqual(copy);
  });
});
