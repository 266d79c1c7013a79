/** Legend: S slots. */
import { type Metric, orNothing } from './metric.ts';
import { orderByScore } from './order-by-score.ts';

export const DEFAULT_CALIBRATION_BINS = 15;

/**
 * Expected calibration error: the mean over items of |mean probability - click rate| of the item's bin, with bins of equal mass (as many items
 * in each, not equal width: click probabilities crowd near zero). Naeini et al. 2015 with the quantile bins of Nguyen & O'Connor 2015.
 * NaN when there is nothing to average.
 */
export function expectedCalibrationError(
  probabilityS: ArrayLike<number>,
  labelS: ArrayLike<number>,
  bins: number = DEFAULT_CALIBRATION_BINS,
): number {
  const binS = equalMassBins(probabilityS, bins);
  const excess = new Float64Array(bins);
  for (let i = 0; i < binS.length; i++) excess[binS[i]] += probabilityS[i] - labelS[i];
  return excess.reduce((sum, value) => sum + Math.abs(value), 0) / binS.length;
}

/**
 * The bin of each item, 0 (lowest probabilities) to `bins - 1`. Equal probabilities stay together, in the bin of the middle of their ranks, so
 * the order of the input plays no part; with few distinct values some bins are empty.
 */
export function equalMassBins(probabilityS: ArrayLike<number>, bins: number): Int32Array {
  if (!(Number.isInteger(bins) && bins > 0)) {
    throw new RangeError(`equalMassBins: the number of bins must be a positive integer, got ${bins}`);
  }
  const S = probabilityS.length;
  const descending = orderByScore(probabilityS);
  const binS = new Int32Array(S);
  let start = 0;
  while (start < S) {
    const value = probabilityS[descending[start]];
    let end = start + 1;
    while (end < S && probabilityS[descending[end]] === value) end++;
    const middleFromBelow = S - (start + end) / 2;
    const bin = Math.min(bins - 1, Math.floor((middleFromBelow * bins) / S));
    for (let place = start; place < end; place++) binS[descending[place]] = bin;
    start = end;
  }
  return binS;
}

export const calibrationErrorMetric: Metric = {
  kind: 'metric',
  name: 'calibrationError',
  title: 'calibration error',
  head: 'calibr. error',
  meaning: 'expected calibration error, 15 bins of equal mass (no interval: resampling biases it)',
  group: 'probabilities',
  higherIsBetter: false,
  range: [0, 1],
  toldIn: [],
  // A resample adds noise to each bin, and the absolute value turns noise into error: the resampled values lie above the value itself.
  ofPart: ({ probabilityS, labelS }) => orNothing(expectedCalibrationError(probabilityS, labelS)),
};
