/** A column of numbers or tokens in a few bins, so that any two columns are treated alike. */

/** Puts numbers into bins between quantiles of a sample: at most so many, fewer where values repeat. */
export function quantileBins(sample: ArrayLike<number>, most: number): (value: number) => number {
  const sorted = Float64Array.from(sample)
    .filter((value) => !Number.isNaN(value))
    .sort();
  const edges: number[] = [];
  for (let bin = 1; bin < most; bin++) {
    const edge = sorted[Math.floor((bin * sorted.length) / most)];
    if (edge !== undefined && edge > sorted[0] && edge !== edges[edges.length - 1]) edges.push(edge);
  }
  return (value) => {
    let [low, high] = [0, edges.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (edges[middle] <= value) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}

/** Clicks that a bin is pulled towards the mean by: a value seen once tells little. */
const PRIOR = 5;

/** Click rate of each bin, a whole number from 0, those of few showings near the rate of all. */
export function binRates(binS: ArrayLike<number>, labelS: ArrayLike<number>): (bin: number) => number {
  let [most, clicks] = [-1, 0];
  for (let slot = 0; slot < binS.length; slot++) most = Math.max(most, binS[slot]);
  const shownB = new Float64Array(most + 1);
  const clicksB = new Float64Array(most + 1);
  for (let slot = 0; slot < binS.length; slot++) {
    shownB[binS[slot]]++;
    clicksB[binS[slot]] += labelS[slot];
    clicks += labelS[slot];
  }
  const rate = clicks / Math.max(1, binS.length);
  return (bin) => (shownB[bin] > 0 ? (clicksB[bin] + PRIOR * rate) / (shownB[bin] + PRIOR) : rate);
}
