import { expect, it } from 'vitest';
import type { SlateSource } from '../../datasets/slate-source/slate-source.ts';
import { sampleBatch, sampleLists, sampleSpec } from '../../testing/sample-lists.ts';
import { numberKnots } from './number-knots.ts';

const source = {
  batch: (lists: Int32Array) => sampleBatch([...lists].map((list) => sampleLists()[list])),
} as unknown as SlateSource;

it('lie between the least and the most of what these lists show, padding left out', () => {
  const knots = numberKnots(source, Int32Array.of(0, 1, 2), { spec: sampleSpec, pieces: 3 });
  expect([knots.item.length, knots.slot.length, knots.context.length]).toEqual([2, 3, 1]);
  const slots = sampleLists().flatMap((list) => list.slots);
  for (const [column, ends] of knots.slot.entries()) {
    const values = slots.map(({ dense }) => Math.fround(dense[column]));
    expect(ends).toHaveLength(4);
    expect([ends[0], ends[3]]).toEqual([Math.min(...values), Math.max(...values)]);
  }
});

it('come from the named lists alone', () => {
  const { slot } = numberKnots(source, Int32Array.of(2), { spec: sampleSpec, pieces: 2 });
  const [only] = sampleLists()[2].slots;
  expect(slot).toEqual(only.dense.map((value) => [value, value, value].map(Math.fround)));
});
