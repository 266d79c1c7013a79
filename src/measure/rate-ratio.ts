/** Click rates of two groups, the same strata compared. */
import type { Figure } from './diagnosis-report.ts';

/** One stratum: clicks and showings of the group and of the one it is compared with. */
export interface Stratum {
  readonly clicks: number;
  readonly shown: number;
  readonly otherClicks: number;
  readonly otherShown: number;
}

/**
 * The common ratio of two click rates over strata (Mantel & Haenszel 1959): sum of (a n0 / n) over sum of (b n1 / n), with the 95 % interval of its logarithm by the variance of
 * Greenland & Robins 1985. Strata of one group alone count nothing. NaN where no stratum has both.
 */
export function rateRatio(strata: Iterable<Stratum>): Figure {
  let [above, below, variance] = [0, 0, 0];
  for (const { clicks: a, shown: n1, otherClicks: b, otherShown: n0 } of strata) {
    const n = n1 + n0;
    if (n1 === 0 || n0 === 0) continue;
    above += (a * n0) / n;
    below += (b * n1) / n;
    variance += ((a + b) * n1 * n0 - a * b * n) / (n * n);
  }
  const estimate = above / below;
  if (!(above > 0 && below > 0)) return { estimate: Number.NaN, low: Number.NaN, high: Number.NaN };
  const half = Math.exp(1.959964 * Math.sqrt(variance / (above * below)));
  return { estimate, low: estimate / half, high: estimate * half };
}
