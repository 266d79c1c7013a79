import { expect, it } from 'vitest';
import { meanCurve } from './loss-chart.ts';

it('the mean curve goes on where some seeds have ended, without a jump', () => {
  expect(
    meanCurve([
      [4, 2],
      [2, 2],
      [3, 2, 1],
    ]),
  ).toEqual([3, 2, 1]);
  // The run that goes on lies far above the mean: its change counts, not its height.
  expect(
    meanCurve([
      [1, 1],
      [9, 9, 8, 10],
    ]),
  ).toEqual([5, 5, 4, 6]);
  expect(meanCurve([])).toEqual([]);
});
