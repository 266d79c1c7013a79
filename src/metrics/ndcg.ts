import type { Metric } from './metric.ts';
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

export const ndcgAt5Metric: Metric = ndcgMetric(5, {
  meaning: 'discounted gain of the first 5 of a list, over its best possible value',
  toldIn: [],
});
export const ndcgAt10Metric: Metric = ndcgMetric(10, {
  meaning: 'the same of the first 10',
  toldIn: ['plots', 'headline'],
});

function ndcgMetric(k: number, told: Pick<Metric, 'meaning' | 'toldIn'>): Metric {
  return {
    kind: 'metric',
    name: `ndcgAt${k}`,
    title: `NDCG@${k}`,
    group: 'order',
    higherIsBetter: true,
    range: [0, 1],
    family: 'NDCG',
    leavesOut: 'lists without a click',
    ...told,
    ofSlate: ({ ranking }) => (ranking.clicks === 0 ? undefined : ndcgOfSlate(ranking, k)),
  };
}
