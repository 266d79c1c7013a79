import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ItemVersion } from '../../memory/item-version.ts';
import { createListFeatures } from './list-features.ts';

const versionOf = (item: number, tokens: readonly number[], price = 0): ItemVersion => ({
  item,
  dense: [price, 7],
  tokens,
  tokenWeights: tokens.map(() => 1 / Math.sqrt(tokens.length)),
  tokenStarts: [0, tokens.length],
  bags: [tokens],
  fields: {},
});

/** Values of one compared column and one number per item, to named features per item. */
function listFeatures(
  values: readonly number[],
  numbers: readonly number[],
  tokens: readonly (readonly number[])[],
): Readonly<Record<string, number>>[] {
  const features = createListFeatures({
    columns: [{ name: 'rate', at: 0 }],
    ranked: [{ name: 'relevancy', at: 1 }],
    numbers: ['price'],
    tokenCount: 10,
  });
  const stride = 2 + features.names.length;
  const row = new Float64Array(values.length * stride);
  for (const [k, value] of values.entries()) row.set([value, -value], k * stride);
  features.write(row, {
    K: values.length,
    stride,
    start: 2,
    versions: tokens.map((each, k) => versionOf(k, each, numbers[k])),
  });
  return values.map((_, k) =>
    Object.fromEntries(features.names.map((name, column) => [name, row[k * stride + 2 + column]])),
  );
}

describe('list features', () => {
  it('compare each value with the mean and place it in the list; equal values share the middle', () => {
    const list = listFeatures([4, 1, 1, 2], [100, 150, 140, 100], [[], [], [], []]);
    expect(list.map((each) => each['rate over list mean'])).toEqual([2, -1, -1, 0]);
    expect(list.map((each) => each['rate rank in list'])).toEqual([1, 0.5 / 3, 0.5 / 3, 2 / 3]);
    expect(list.map((each) => each['relevancy over list mean'])).toEqual([-2, 1, 1, 0]);
    expect(list.map((each) => each['price over list mean'])).toEqual([-22.5, 27.5, 17.5, -22.5]);
    expect(list.map((each) => each['price rank in list'])).toEqual([0.5 / 3, 1, 2 / 3, 0.5 / 3]);
  });

  it('compare numbers among the items alike, weighted by likeness', () => {
    // Items 0 and 1 are alike fully; 2 is like both by 1/sqrt(2); 3 like none.
    const list = listFeatures([0, 0, 0, 0], [10, 20, 40, 1000], [[1], [1], [1, 2], [5]]);
    const half = 1 / Math.sqrt(2);
    const over = list.map((each) => each['price over alike mean']);
    expect(over[0]).toBeCloseTo(10 - (20 + half * 40) / (1 + half), 9);
    expect(over[1]).toBeCloseTo(20 - (10 + half * 40) / (1 + half), 9);
    expect(over[2]).toBeCloseTo(40 - 15, 9);
    expect(over[3]).toBe(0);
    const ranks = list.map((each) => each['price rank among alike']);
    expect(ranks[0]).toBe(0);
    expect(ranks[1]).toBeCloseTo(1 / (1 + half), 9);
    expect(ranks[2]).toBe(1);
    expect(ranks[3]).toBe(0.5);
    expect(list[0]['mean likeness in list']).toBeCloseTo((1 + half) / 3, 9);
    expect(list[0]['largest likeness in list']).toBeCloseTo(1, 9);
    expect(list[3]['largest likeness in list']).toBe(0);
  });

  it('say nothing of a list of one', () => {
    expect(listFeatures([3], [7], [[1, 2]])).toEqual([
      {
        'rate over list mean': 0,
        'rate rank in list': 0.5,
        'relevancy over list mean': 0,
        'relevancy rank in list': 0.5,
        'relevancy over alike mean': 0,
        'relevancy rank among alike': 0.5,
        'price over list mean': 0,
        'price rank in list': 0.5,
        'price over alike mean': 0,
        'price rank among alike': 0.5,
        'mean likeness in list': 0,
        'largest likeness in list': 0,
      },
    ]);
  });

  it('move with their items when the list is reordered', () => {
    const item = fc.record({
      value: fc.integer({ min: -3, max: 3 }),
      price: fc.integer({ min: 0, max: 3 }),
      tokens: fc.uniqueArray(fc.integer({ min: 1, max: 5 }), { maxLength: 3 }),
    });
    fc.assert(
      fc.property(fc.array(item, { minLength: 1, maxLength: 6 }), (items) => {
        const forward = listFeatures(
          items.map(({ value }) => value),
          items.map(({ price }) => price),
          items.map(({ tokens }) => tokens),
        );
        const reversed = items.toReversed();
        const backward = listFeatures(
          reversed.map(({ value }) => value),
          reversed.map(({ price }) => price),
          reversed.map(({ tokens }) => tokens),
        ).toReversed();
        for (const [k, features] of forward.entries()) {
          for (const [name, value] of Object.entries(features)) expect(backward[k][name]).toBeCloseTo(value, 9);
        }
      }),
    );
  });
});
