import { expect, it } from 'vitest';
import { costOf, createSearchLimit } from './search-limit.ts';

it('is over once its bound is spent, and says so only where a search had to end', () => {
  const limit = createSearchLimit({ bound: 10 });
  limit.spend(9);
  expect(limit.isOver()).toBe(false);
  limit.spend(1);
  expect(limit.cut).toBeUndefined();
  expect(limit.isOver()).toBe(true);
  expect(limit.cut).toBe('bound');
});

it('is over from its deadline on, and asks less at once', () => {
  let time = 0;
  const limit = createSearchLimit({ endsAt: 50, now: () => time });
  expect(limit.isOver()).toBe(false);
  time = 50;
  expect(limit.isOver()).toBe(true);
  expect(limit.cut).toBe('deadline');
  expect(limit.portion).toBeLessThan(createSearchLimit().portion);
});

it('counts items and, of long slates, their pairs', () => {
  expect(costOf(Int32Array.of(4, -1, 7))).toBeCloseTo(2 * (1 + 2 / 50), 12);
  expect(costOf(new Int32Array(50))).toBe(100);
});
