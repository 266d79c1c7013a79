/** Legend: K slate. */
import { meanOverSlates, type ScoredSlates, type SlateMean } from './slate-means.ts';

/** Mean reciprocal rank: 1 / rank of the first clicked item. */
export function mrr(slates: ScoredSlates): SlateMean {
  return meanOverSlates(slates, reciprocalRankOfSlate);
}

/** Of one slate with at least one click. */
export function reciprocalRankOfSlate(rankedLabelsK: Uint8Array): number {
  return 1 / (rankedLabelsK.indexOf(1) + 1);
}
