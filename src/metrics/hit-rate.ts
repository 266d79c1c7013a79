import type { Metric } from './metric.ts';
import { meanOverSlates, type ScoredSlates, type SlateMean } from './slate-means.ts';
import type { TiedRanking } from './tied-ranking.ts';

/** Share of the slates with at least one click among their first k items. */
export function hitRateAt(slates: ScoredSlates, k: number): SlateMean {
  return meanOverSlates(slates, (ranking) => hitOfSlate(ranking, k));
}

/** Of one slate with at least one click: 1, 0, or where tied items reach over rank k, the probability that one of those before it is clicked. */
export function hitOfSlate({ sizesG, clicksG }: TiedRanking, k: number): number {
  let place = 0;
  for (let group = 0; group < sizesG.length && place < k; group++) {
    const [size, clicks] = [sizesG[group], clicksG[group]];
    const within = Math.min(size, k - place);
    if (clicks > 0) return 1 - noneAmong(within, size, clicks);
    place += size;
  }
  return 0;
}

/** Probability that the first `within` of `size` items in random order hold none of the `clicks`: C(size - clicks, within) / C(size, within). */
function noneAmong(within: number, size: number, clicks: number): number {
  let probability = 1;
  for (let drawn = 0; drawn < within; drawn++) probability *= Math.max(0, size - clicks - drawn) / (size - drawn);
  return probability;
}

export const hitRateAt1Metric: Metric = hitRateMetric(1, 'share of lists whose first item was clicked');
export const hitRateAt5Metric: Metric = hitRateMetric(5, 'share of lists with a click among the first 5');

function hitRateMetric(k: number, meaning: string): Metric {
  return {
    kind: 'metric',
    name: `hitRateAt${k}`,
    title: `hit rate@${k}`,
    meaning,
    group: 'order',
    higherIsBetter: true,
    range: [0, 1],
    family: 'hit rate',
    leavesOut: 'lists without a click',
    toldIn: [],
    ofSlate: ({ ranking }) => (ranking.clicks === 0 ? undefined : hitOfSlate(ranking, k)),
  };
}
