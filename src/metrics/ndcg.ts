/** Legend: K slate. */
import { meanOverSlates, type ScoredSlates, type SlateMean } from './slate-means.ts';

/**
 * Normalised discounted cumulative gain of the first k items: sum of y_r / log2(r + 1) over ranks r = 1..k, divided by its largest
 * possible value (Jarvelin & Kekalainen 2002). Labels are 0 or 1, so linear and exponential gains are the same.
 */
export function ndcgAt(slates: ScoredSlates, k: number): SlateMean {
  return meanOverSlates(slates, (rankedLabelsK) => ndcgOfSlate(rankedLabelsK, k));
}

/** Of one slate with at least one click. */
export function ndcgOfSlate(rankedLabelsK: Uint8Array, k: number): number {
  const depth = Math.min(k, rankedLabelsK.length);
  let clicks = 0;
  for (const label of rankedLabelsK) clicks += label;
  let gain = 0;
  let ideal = 0;
  for (let place = 0; place < depth; place++) {
    const discount = 1 / Math.log2(place + 2);
    if (rankedLabelsK[place] === 1) gain += discount;
    if (place < clicks) ideal += discount;
  }
  return gain / ideal;
}
