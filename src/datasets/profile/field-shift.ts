/** How far the values of a field have moved: the population stability index. Legend: B bins. */
import type { FieldCounts } from './log-profile.ts';

export interface FieldShift {
  /** Without what chance adds to it. */
  readonly index: number;
  /** 95 % interval. */
  readonly low: number;
  readonly high: number;
}

/** A value of each bin that nobody has met, so that no logarithm is of nothing. */
const HALF = 0.5;

/**
 * Sum over bins of (p - q) ln (p / q), p of later values and q of those before; 0 where nothing moved, above 0.25 it counts as much. Where nothing moved, the index of n later and m earlier
 * units times n m / (n + m) is about chi-square with B - 1 degrees of freedom, and else about a non-central one: so chance is taken off, and the interval made. Items of a list are
 * not independent: `units` are the lists that the values are of.
 */
export function fieldShift(
  later: { readonly countB: FieldCounts['countB']; readonly units: number },
  before: { readonly countB: FieldCounts['countB']; readonly units: number },
): FieldShift | undefined {
  const [laterTotal, beforeTotal] = [later, before].map(({ countB }) => countB.reduce((sum, count) => sum + count, 0));
  if (laterTotal === 0 || beforeTotal === 0) return undefined;
  // A bin that neither has met says nothing.
  const bins = later.countB.map((count, b) => [count, before.countB[b]]).filter(([a, b]) => a + b > 0);
  let plain = 0;
  for (const [now, then] of bins) {
    const p = (now + HALF) / (laterTotal + HALF * bins.length);
    const q = (then + HALF) / (beforeTotal + HALF * bins.length);
    plain += (p - q) * Math.log(p / q);
  }
  const noise = 1 / Math.min(later.units, laterTotal) + 1 / Math.min(before.units, beforeTotal);
  const freedom = bins.length - 1;
  const index = Math.max(0, plain - freedom * noise);
  const half = 1.96 * Math.sqrt(2 * freedom * noise ** 2 + 4 * index * noise);
  return { index, low: Math.max(0, index - half), high: index + half };
}
