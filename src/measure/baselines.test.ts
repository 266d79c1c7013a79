import { describe, expect, it } from 'vitest';
import { ITEM_RATE, LOGGED_ORDER, RANDOM_ORDER, REFERENCES, referencePredictions } from './baselines.ts';
import type { Predictions } from './predictions.ts';

const train = {
  offsets: Int32Array.of(0, 2, 4, 6, 8),
  labelS: Uint8Array.of(1, 0, 1, 0, 0, 0, 0, 0),
  positionS: Int32Array.of(0, 1, 0, 1, 0, 1, 0, 1),
};
const validation = {
  offsets: Int32Array.of(0, 3),
  labelS: Uint8Array.of(1, 0, 0),
  positionS: Int32Array.of(0, 1, 2),
  itemRateS: Float64Array.of(0.5, 0.3, 0.1),
};
const test = {
  offsets: Int32Array.from({ length: 101 }, (_, list) => 4 * list),
  labelS: new Uint8Array(400),
  positionS: Int32Array.from({ length: 400 }, (_, slot) => slot % 4),
  itemRateS: Float64Array.from({ length: 400 }, (_, slot) => slot / 400),
};
const references = referencePredictions({ train, validation, test });

function find(recipe: string): Predictions {
  const found = references.find((one) => one.recipe === recipe);
  if (found === undefined) throw new Error(`no predictions of ${recipe}`);
  return found;
}

describe('referencePredictions', () => {
  it('has each reference once, in the order of their rows', () => {
    expect(references.map(({ recipe }) => recipe)).toEqual(REFERENCES);
  });

  it('random order: the training click rate for every item, so that none stands before another, and the share of clicked lists for every list', () => {
    const { valueS, orderS, threshold, listLogitB } = find(RANDOM_ORDER);
    // Two of four lists have a click.
    expect([...new Set(listLogitB)]).toEqual([0]);
    expect(listLogitB).toHaveLength(100);
    expect(new Set(valueS)).toEqual(new Set([2 / 8]));
    expect(threshold).toBe(2 / 8);
    expect(orderS).toBeUndefined();
  });

  it('logged order: ranked by position, with its smoothed training rate, the overall one where it was never seen', () => {
    const { valueS, orderS } = find(LOGGED_ORDER);
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
    const { valueS, threshold } = find(ITEM_RATE);
    expect(valueS).toBe(test.itemRateS);
    expect(threshold).toBeCloseTo(0.4, 15);
  });
});
