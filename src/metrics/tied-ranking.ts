/** Legend: S slots, G groups of equal score. */
import { orderByScore } from './order-by-score.ts';

/**
 * One slate in the order of its scores, best first, as groups of items that have the same score. Scores that are equal order nothing: a ranking metric of a slate is its mean over all
 * orders that the scores allow, each as likely (scikit-learn's `ndcg_score` does so too), and so never depends on the order in which the slate was logged.
 */
export interface TiedRanking {
  /** Items of each group, at least 1. */
  readonly sizesG: Int32Array;
  /** Clicked items of each group. */
  readonly clicksG: Int32Array;
  /** Clicked items of the slate. */
  readonly clicks: number;
}

/** Slots `[start, end)` as a ranking. Throws a RangeError on a score that is NaN. */
export function rankSlate(
  scoreS: ArrayLike<number>,
  labelS: ArrayLike<number>,
  [start, end]: readonly [number, number],
): TiedRanking {
  const scoresK = Float64Array.from({ length: end - start }, (_, k) => scoreS[start + k]);
  const sizesG = new Int32Array(scoresK.length);
  const clicksG = new Int32Array(scoresK.length);
  let groups = 0;
  let clicks = 0;
  let last: number | undefined;
  for (const k of orderByScore(scoresK)) {
    if (scoresK[k] !== last) groups++;
    last = scoresK[k];
    const label = labelS[start + k];
    sizesG[groups - 1]++;
    clicksG[groups - 1] += label;
    clicks += label;
  }
  return { sizesG: sizesG.subarray(0, groups), clicksG: clicksG.subarray(0, groups), clicks };
}

/** At each rank, the first at index 0, the chance that the item there was clicked: of equal scores the mean over their orders. Whatever is a sum over ranks is exact with it. */
export function clickShares({ sizesG, clicksG }: TiedRanking): readonly number[] {
  return Array.from(sizesG, (size, group) => new Array<number>(size).fill(clicksG[group] / size)).flat();
}
