/** Legend: K slate. */
import { meanOverSlates, type ScoredSlates, type SlateMean } from './slate-means.ts';

/** Share of a slate's clicks that are among its first k items, mean over slates (the classifier's recall is `recall`). */
export function recallAt(slates: ScoredSlates, k: number): SlateMean {
  return meanOverSlates(slates, (rankedLabelsK) => recallOfSlate(rankedLabelsK, k));
}

/** Of one slate with at least one click. */
export function recallOfSlate(rankedLabelsK: Uint8Array, k: number): number {
  let found = 0;
  let clicks = 0;
  for (let place = 0; place < rankedLabelsK.length; place++) {
    clicks += rankedLabelsK[place];
    if (place < k) found += rankedLabelsK[place];
  }
  return found / clicks;
}
