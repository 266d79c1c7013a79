import { tQuantile } from '../../measure/student-t.ts';

/** Fewer days say nothing of how days differ. */
const ENOUGH = 3;
const LEVEL = 0.99;

/**
 * Where a figure of a day lies that is like the days before: 99 of 100 such days (Student's prediction interval), and whatever differs from their mean by less than a share of it. Of
 * fewer than three days nobody knows how they differ: then twice that share counts as like them.
 */
export function expectedRange(
  daysD: readonly number[],
  share: number,
): { readonly low: number; readonly high: number } {
  const D = daysD.length;
  const mean = daysD.reduce((sum, value) => sum + value, 0) / D;
  const spread = Math.sqrt(daysD.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, D - 1));
  const half =
    D < ENOUGH ? 2 * share * mean : Math.max(share * mean, tQuantile(LEVEL, D - 1) * spread * Math.sqrt(1 + 1 / D));
  return { low: Math.max(0, mean - half), high: mean + half };
}
