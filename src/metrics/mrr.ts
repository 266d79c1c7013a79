import type { Metric } from './metric.ts';
import { meanOverSlates, type ScoredSlates, type SlateMean } from './slate-means.ts';
import type { TiedRanking } from './tied-ranking.ts';

/** Mean reciprocal rank: 1 / rank of the first clicked item. */
export function mrr(slates: ScoredSlates): SlateMean {
  return meanOverSlates(slates, reciprocalRankOfSlate);
}

/**
 * Of one slate with at least one click. In the first group that has a click, c of g items, the j-th place is that of the first click with the probability of no click before it,
 * times c / (g - j + 1).
 */
export function reciprocalRankOfSlate({ sizesG, clicksG }: TiedRanking): number {
  const group = clicksG.findIndex((clicks) => clicks > 0);
  let before = 0;
  for (let earlier = 0; earlier < group; earlier++) before += sizesG[earlier];
  const [size, clicks] = [sizesG[group], clicksG[group]];
  let mean = 0;
  let noneYet = 1;
  for (let j = 1; j <= size - clicks + 1; j++) {
    const left = size - j + 1;
    mean += (noneYet * (clicks / left)) / (before + j);
    noneYet *= (left - clicks) / left;
  }
  return mean;
}

export const mrrMetric: Metric = {
  kind: 'metric',
  name: 'mrr',
  title: 'MRR',
  meaning: '1 / rank of the first clicked item, mean over lists',
  group: 'order',
  higherIsBetter: true,
  range: [0, 1],
  leavesOut: 'lists without a click',
  toldIn: [],
  ofSlate: ({ ranking }) => (ranking.clicks === 0 ? undefined : reciprocalRankOfSlate(ranking)),
};
