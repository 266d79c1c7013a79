import type { Metric } from './metric.ts';
import { meanOverSlates, type ScoredSlates, type SlateMean } from './slate-means.ts';
import type { TiedRanking } from './tied-ranking.ts';

/** Share of a slate's clicks that are among its first k items, mean over slates (the classifier's recall is `recall`). */
export function recallAt(slates: ScoredSlates, k: number): SlateMean {
  return meanOverSlates(slates, (ranking) => recallOfSlate(ranking, k));
}

/** Of one slate with at least one click; tied items that reach over rank k are among the first k as often as there is room for them. */
export function recallOfSlate({ sizesG, clicksG, clicks }: TiedRanking, k: number): number {
  let found = 0;
  let place = 0;
  for (let group = 0; group < sizesG.length && place < k; group++) {
    const size = sizesG[group];
    found += clicksG[group] * (Math.min(size, k - place) / size);
    place += size;
  }
  return found / clicks;
}

export const recallAt5Metric: Metric = {
  kind: 'metric',
  name: 'recallAt5',
  title: 'recall@5',
  meaning: "share of a list's clicks among its first 5, mean over lists",
  group: 'order',
  higherIsBetter: true,
  range: [0, 1],
  family: 'recallAt',
  leavesOut: 'lists without a click',
  toldIn: [],
  ofSlate: ({ ranking }) => (ranking.clicks === 0 ? undefined : recallOfSlate(ranking, 5)),
};
