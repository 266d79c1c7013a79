import { expect, it } from 'vitest';
import type { EpochRecord } from '../epoch-record.ts';
import { dynamicWeights } from './task-weights.ts';

const record = (epoch: number, terms: Readonly<Record<string, number>>): EpochRecord => ({
  epoch,
  train: { total: 0, terms, logLoss: 0 },
  validation: { total: 0, terms, logLoss: 0 },
  metrics: { logLoss: 0, rocAuc: 0, ndcgAt10: 0 },
  gradientOnNegatives: 0,
});
const losses = [
  { name: 'bce', weight: 1 },
  { name: 'pair', weight: 0.2 },
] as const;

it('begins with the weights as given', () => {
  expect([...dynamicWeights(losses, [])]).toEqual([1, Math.fround(0.2)]);
  expect([...dynamicWeights(losses, [record(1, { bce: 1, pair: 2 })])]).toEqual([1, Math.fround(0.2)]);
});

it('gives more to the term that fell less, by the formula', () => {
  const epochs = [record(1, { bce: 1, pair: 2 }), record(2, { bce: 0.5, pair: 2 })];
  const [bce, pair] = dynamicWeights(losses, epochs);
  const total = Math.exp(0.25) + Math.exp(0.5);
  expect(bce).toBeCloseTo((2 * Math.exp(0.25)) / total, 6);
  expect(pair).toBeCloseTo((0.4 * Math.exp(0.5)) / total, 6);
});

it('stays finite and keeps the sum of shares when a term was nothing, becomes nothing, or rises without measure', () => {
  const weightsOf = (before: number, last: number): number[] => [
    ...dynamicWeights(losses, [record(1, { bce: 1, pair: before }), record(2, { bce: 1, pair: last })]),
  ];
  // No ratio: as if it had stayed as it was.
  for (const [before, last] of [
    [0, 0],
    [0, 0.1],
    [Number.POSITIVE_INFINITY, 1],
  ])
    expect(weightsOf(before, last)).toEqual([1, Math.fround(0.2)]);
  const capped = Math.exp(2) / (Math.exp(2) + Math.exp(0.5));
  for (const last of [0.02, 5, Number.POSITIVE_INFINITY]) expect(weightsOf(1e-5, last)[1]).toBeCloseTo(0.4 * capped, 6);
  for (const [before, last] of [
    [1, 0],
    [1e-300, 1e300],
    [5, 6],
  ]) {
    const [bce, pair] = weightsOf(before, last);
    expect(bce + pair / 0.2).toBeCloseTo(2, 5);
  }
});
