import { expect, it } from 'vitest';
import { withoutExtremes } from './extremes.ts';

const prices = Array.from({ length: 200 }, (_, at) => 40 + ((at * 37) % 900));

it('leaves out the few values that stand a million times above all others, of either sign, and tells them', () => {
  const { kept, extremes } = withoutExtremes([1e308, ...prices, -1e20, Number.POSITIVE_INFINITY]);
  expect(kept).toEqual(prices);
  expect(extremes).toEqual({ count: 2, of: 202, largest: 1e308, others: Math.max(...prices) });
});

it('gives back an ordinary field itself, however skewed', () => {
  for (const values of [
    prices,
    prices.map((price) => price ** 6),
    prices.map((_, at) => (at < 190 ? 0 : 1e9)),
    prices.map((price, at) => (at % 2 === 0 ? price : 1e12)),
    [1, 2, 3, 1e308],
    [],
  ]) {
    const { kept, extremes } = withoutExtremes(values);
    expect(kept).toBe(values);
    expect(extremes).toBeUndefined();
  }
});
