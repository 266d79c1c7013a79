/** Legend: B lists. */
import { expectedCalibrationError } from './calibration-error.ts';
import type { ListFigures } from './list-figures.ts';
import { type Metric, orNothing } from './metric.ts';

/**
 * Calibration of the number of clicks: the mean over lists of |expected - found| clicks a list in the list's bin, 15 bins of equal mass by the expected clicks. NaN when there is
 * nothing to average.
 */
export const clickCountError = ({
  expectedClicksB,
  clicksB,
}: Pick<ListFigures, 'expectedClicksB' | 'clicksB'>): number => expectedCalibrationError(expectedClicksB, clicksB);

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
  ofPart: ({ lists }) => orNothing(clickCountError(lists)),
};
