import { describe, expect, it } from 'vitest';
import { createRng } from '../random/rng.ts';
import { ITEM_RATE, LOGGED_ORDER, RANDOM_ORDER, REFERENCES, referencePredictions } from './baselines.ts';
import type { Predictions } from './predictions.ts';

const train = { labelS: Uint8Array.of(1, 0, 1, 0, 0, 0, 0, 0), positionS: Int32Array.of(0, 1, 0, 1, 0, 1, 0, 1) };
const validation = {
  labelS: Uint8Array.of(1, 0, 0),
  positionS: Int32Array.of(0, 1, 2),
  itemRateS: Float64Array.of(0.5, 0.3, 0.1),
};
const test = {
  labelS: new Uint8Array(400),
  positionS: Int32Array.from({ length: 400 }, (_, slot) => slot % 4),
  itemRateS: Float64Array.from({ length: 400 }, (_, slot) => slot / 400),
};
const references = referencePredictions({ train, validation, test, seeds: [1, 2], rng: createRng(1) });

function find(recipe: string): Predictions[] {
  return references.filter((one) => one.recipe === recipe);
}

describe('referencePredictions', () => {
  it('has one random order a seed, and the others once', () => {
    expect(REFERENCES.map((name) => find(name).length)).toEqual([2, 1, 1]);
  });

  it('random order: the training click rate for every item, and an order that is new for each seed', () => {
    const [a, b] = find(RANDOM_ORDER);
    expect(new Set(a.valueS)).toEqual(new Set([2 / 8]));
    expect(a.threshold).toBe(2 / 8);
    expect(new Set(a.orderS).size).toBe(400);
    expect(a.orderS).not.toEqual(b.orderS);
  });

  it('logged order: ranked by position, with its smoothed training rate, the overall one where it was never seen', () => {
    const [{ valueS, orderS }] = find(LOGGED_ORDER);
    const overall = 2 / 8;
    expect([...valueS.subarray(0, 4)]).toEqual([
      (2 + 20 * overall) / 24,
      (0 + 20 * overall) / 24,
      expect.closeTo(overall, 15),
      expect.closeTo(overall, 15),
    ]);
    expect(Array.from(orderS ?? []).slice(0, 5)).toEqual([-0, -1, -2, -3, -0]);
  });

  it('item rate: the rate itself, its threshold from validation', () => {
    const [{ valueS, threshold }] = find(ITEM_RATE);
    expect(valueS).toBe(test.itemRateS);
    expect(threshold).toBeCloseTo(0.4, 15);
  });
});
