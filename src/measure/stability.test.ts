import { expect, it } from 'vitest';
import { createRng } from '../random/rng.ts';
import { stabilityByChance, stabilityIndex } from './stability.ts';

it('is 0 of equal shares, and both divergences together', () => {
  expect(stabilityIndex([1, 2, 3], [10, 20, 30])).toBeCloseTo(0, 12);
  const [p, q] = [
    [0.2, 0.8],
    [0.5, 0.5],
  ];
  const divergence = (a: number[], b: number[]) => a.reduce((sum, share, n) => sum + share * Math.log(share / b[n]), 0);
  expect(stabilityIndex([20, 80], [50, 50])).toBeCloseTo(divergence(p, q) + divergence(q, p), 12);
});

it('of an empty bin is finite', () => {
  expect(stabilityIndex([5, 5, 0], [5, 0, 5])).toBeGreaterThan(1);
});

it('by chance is what samples of one distribution give on average', () => {
  const rng = createRng(2);
  const sample = (size: number): number[] => {
    const counts = [0, 0, 0, 0, 0];
    for (let draw = 0; draw < size; draw++) counts[rng.integer(5)]++;
    return counts;
  };
  const [n, m] = [400, 200];
  let total = 0;
  for (let draw = 0; draw < 400; draw++) total += stabilityIndex(sample(n), sample(m));
  expect(total / 400 / stabilityByChance(5, n, m)).toBeGreaterThan(0.9);
  expect(total / 400 / stabilityByChance(5, n, m)).toBeLessThan(1.15);
});
