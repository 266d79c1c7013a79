/** Population stability index: how far a distribution has moved (Siddiqi 2006). */

/** A share of 0 would be infinitely far from any other. */
const LEAST = 1e-4;

/** Sum over bins of (q - p) ln(q / p), p and q the shares before and after. By a rule of thumb 0.1 is little, 0.25 much. */
export function stabilityIndex(before: ArrayLike<number>, after: ArrayLike<number>): number {
  const [p, q] = [shares(before), shares(after)];
  return p.reduce((sum, share, bin) => sum + (q[bin] - share) * Math.log(q[bin] / share), 0);
}

function shares(counts: ArrayLike<number>): number[] {
  const total = Array.from(counts).reduce((sum, count) => sum + count, 0);
  return Array.from(counts, (count) => Math.max(LEAST, count / Math.max(1, total)));
}

/** The index that chance alone gives, on average, of two samples of one distribution of so many bins: (bins - 1) (1 / n + 1 / m) (its chi-square form; Yurdakul & Naranjo 2020). */
export const stabilityByChance = (bins: number, n: number, m: number): number => (bins - 1) * (1 / n + 1 / m);
