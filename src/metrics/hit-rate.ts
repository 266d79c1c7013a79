/** Legend: K slate. */
import { meanOverSlates, type ScoredSlates, type SlateMean } from './slate-means.ts';

/** Share of the slates with at least one click among their first k items. */
export function hitRateAt(slates: ScoredSlates, k: number): SlateMean {
  return meanOverSlates(slates, (rankedLabelsK) => hitOfSlate(rankedLabelsK, k));
}

/** Of one slate with at least one click: 1 or 0. */
export function hitOfSlate(rankedLabelsK: Uint8Array, k: number): number {
  return rankedLabelsK.indexOf(1) < k ? 1 : 0;
}
