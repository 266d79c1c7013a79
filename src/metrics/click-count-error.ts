/** Legend: B lists. */
import { DEFAULT_CALIBRATION_BINS, equalMassBins } from './calibration-error.ts';
import type { ListFigures } from './list-figures.ts';
import type { Metric } from './metric.ts';

/**
 * Calibration of the number of clicks: the mean over lists of |expected - found| clicks a list in the list's bin, 15 bins of equal mass by the expected clicks. NaN when there is
 * nothing to average.
 */
export function clickCountError({
  expectedClicksB,
  clicksB,
}: Pick<ListFigures, 'expectedClicksB' | 'clicksB'>): number {
  const binB = equalMassBins(expectedClicksB, DEFAULT_CALIBRATION_BINS);
  const excess = new Float64Array(DEFAULT_CALIBRATION_BINS);
  for (let b = 0; b < binB.length; b++) excess[binB[b]] += expectedClicksB[b] - clicksB[b];
  return excess.reduce((sum, value) => sum + Math.abs(value), 0) / binB.length;
}

export const clickCountErrorMetric: Metric = {
  kind: 'metric',
  name: 'clickCountError',
  title: 'error of the number of clicks',
  head: 'clicks error',
  meaning:
    'expected less found clicks a list, its size in each of 15 bins of equal mass (no interval: resampling biases it)',
  group: 'lists',
  higherIsBetter: false,
  range: [0, Infinity],
  toldIn: [],
  ofPart: ({ lists }) => {
    const error = clickCountError(lists);
    return Number.isNaN(error) ? undefined : error;
  },
};
