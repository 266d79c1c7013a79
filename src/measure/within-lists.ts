/** Do two things go together within lists? Legend: B lists, S slots (their items, end to end). */
import { normalShare } from './student-t.ts';

/** Items side by side: slots of list b are `[offsets[b], offsets[b + 1])`. */
export interface Lists {
  readonly offsets: ArrayLike<number>;
}

export interface WithinLists {
  /** Of the sum of products, less each list's means, by its deviation where every order within a list is as likely: standard normal then. */
  readonly z: number;
  /** Two-sided. */
  readonly probability: number;
  /** Pearson's, of values less their list's means. */
  readonly correlation: number;
}

/**
 * Permutation test of a linear association, stratified by list (Mantel 1963). Under permutation within lists of K items the sum of products has mean 0 and the variance
 * sum over lists of (sum of squares of x) (sum of squares of y) / (K - 1), both about their means: exact, so nothing is drawn. Lists of one, or of equal values, count nothing.
 */
export function withinLists({ offsets }: Lists, xS: ArrayLike<number>, yS: ArrayLike<number>): WithinLists {
  let [products, variance, squaresX, squaresY] = [0, 0, 0, 0];
  for (let b = 0; b + 1 < offsets.length; b++) {
    const [start, end] = [offsets[b], offsets[b + 1]];
    const K = end - start;
    if (K < 2) continue;
    let [meanX, meanY] = [0, 0];
    for (let slot = start; slot < end; slot++) {
      meanX += xS[slot] / K;
      meanY += yS[slot] / K;
    }
    let [ownX, ownY] = [0, 0];
    for (let slot = start; slot < end; slot++) {
      const [x, y] = [xS[slot] - meanX, yS[slot] - meanY];
      products += x * y;
      ownX += x * x;
      ownY += y * y;
    }
    variance += (ownX * ownY) / (K - 1);
    squaresX += ownX;
    squaresY += ownY;
  }
  if (!(variance > 1e-12 * squaresX * squaresY)) return { z: 0, probability: 1, correlation: 0 };
  const z = products / Math.sqrt(variance);
  return { z, probability: 2 * (1 - normalShare(Math.abs(z))), correlation: products / Math.sqrt(squaresX * squaresY) };
}
