import { mean } from './mean.ts';

/** Pearson's correlation of pairs (x_n, y_n): covariance over the product of the deviations. NaN where there are fewer than two pairs, or one side does not vary. */
export function correlation(x: ArrayLike<number>, y: ArrayLike<number>): number {
  if (x.length !== y.length)
    throw new RangeError(`correlation: expected as many x as y, got ${x.length} and ${y.length}`);
  const [meanX, meanY] = [mean(x), mean(y)];
  let [both, ownX, ownY] = [0, 0, 0];
  for (let n = 0; n < x.length; n++) {
    both += (x[n] - meanX) * (y[n] - meanY);
    ownX += (x[n] - meanX) ** 2;
    ownY += (y[n] - meanY) ** 2;
  }
  return both / Math.sqrt(ownX * ownY);
}
