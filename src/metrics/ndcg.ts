import { meanOverSlates, type ScoredSlates, type SlateMean } from './slate-means.ts';
import type { TiedRanking } from './tied-ranking.ts';

/**
 * Normalised discounted cumulative gain of the first k items: sum of y_r / log2(r + 1) over ranks r = 1..k, divided by its largest
 * possible value (Jarvelin & Kekalainen 2002). Labels are 0 or 1, so linear and exponential gains are the same.
 */
export function ndcgAt(slates: ScoredSlates, k: number): SlateMean {
  return meanOverSlates(slates, (ranking) => ndcgOfSlate(ranking, k));
}

/** Of one slate with at least one click; of tied items each gains the mean over their ranks (McSherry & Najork 2008). */
export function ndcgOfSlate({ sizesG, clicksG, clicks }: TiedRanking, k: number): number {
  let gain = 0;
  let ideal = 0;
  let place = 0;
  for (let group = 0; group < sizesG.length && place < k; group++) {
    const share = clicksG[group] / sizesG[group];
    const end = Math.min(k, place + sizesG[group]);
    for (; place < end; place++) {
      const discount = 1 / Math.log2(place + 2);
      gain += share * discount;
      if (place < clicks) ideal += discount;
    }
  }
  return gain / ideal;
}
