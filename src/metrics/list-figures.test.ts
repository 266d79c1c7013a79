import { describe, expect, it } from 'vitest';
import { clickCountError } from './click-count-error.ts';
import { independentLogit, listFigures } from './list-figures.ts';
import { metrics } from './metrics.ts';
import { partStatistics, valuesOfPart } from './part-statistics.ts';
import type { ScoredPart } from './scored-part.ts';

/** Three lists of two users, the last of them empty. */
const part: ScoredPart = {
  offsetsB: [0, 2, 5, 5],
  labelS: Uint8Array.of(0, 0, 1, 0, 1),
  userB: Int32Array.of(0, 1, 1),
  users: 2,
  scale: 'probability',
  valueS: Float64Array.of(0.5, 0.25, 0.1, 0.2, 0.3),
  threshold: 0.5,
};
const valuesOf = (given: ScoredPart): Record<string, number> =>
  valuesOfPart(
    partStatistics(
      [metrics.named('listLogLoss'), metrics.named('listCalibrationError'), metrics.named('clickCountError')],
      given,
    ),
  );

describe('what a system says of lists as a whole', () => {
  it('takes clicks for independent where the system says nothing of lists', () => {
    const { anyClickLogitB, clickedB, expectedClicksB, clicksB } = listFigures(part);
    const chances = [1 - 0.5 * 0.75, 1 - 0.9 * 0.8 * 0.7];
    expect(anyClickLogitB).toHaveLength(2);
    for (const [b, p] of chances.entries()) expect(anyClickLogitB[b]).toBeCloseTo(Math.log(p / (1 - p)), 12);
    expect([...clickedB, ...clicksB]).toEqual([0, 1, 0, 2]);
    expect(expectedClicksB[0]).toBeCloseTo(0.75, 12);
    expect(expectedClicksB[1]).toBeCloseTo(0.6, 12);
    expect(valuesOf(part).listLogLoss).toBeCloseTo((-Math.log(1 - chances[0]) - Math.log(chances[1])) / 2, 12);
  });

  it('takes what the system says of lists', () => {
    const { listLogLoss, listCalibrationError } = valuesOf({ ...part, listLogitB: [-1, 2, 0] });
    const [first, second] = [-1, 2].map((z) => 1 / (1 + Math.exp(-z)));
    expect(listLogLoss).toBeCloseTo((-Math.log(1 - first) - Math.log(second)) / 2, 12);
    // Two lists, each in a bin of its own.
    expect(listCalibrationError).toBeCloseTo((first + 1 - second) / 2, 12);
  });

  it('stays finite where every click is certain, or impossible', () => {
    for (const p of [0, 1, 1e-300, 1 - 2 ** -53]) expect(independentLogit([p, p])).toSatisfy(Number.isFinite);
    expect(independentLogit([1])).toBeGreaterThan(30);
    expect(independentLogit([0])).toBeLessThan(-30);
  });
});

it('the error of the number of clicks is their mean distance within bins of like lists', () => {
  expect(clickCountError({ expectedClicksB: Float64Array.of(0.5, 2), clicksB: Int32Array.of(1, 1) })).toBeCloseTo(
    (0.5 + 1) / 2,
    12,
  );
  // In one bin, too many and too few cancel.
  expect(clickCountError({ expectedClicksB: Float64Array.of(1, 1), clicksB: Int32Array.of(0, 2) })).toBe(0);
  expect(clickCountError({ expectedClicksB: new Float64Array(0), clicksB: new Int32Array(0) })).toBeNaN();
});
