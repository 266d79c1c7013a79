/** Legend: N candidates, H history, F features. */

import type { SlateBatch } from '../columns/encoded-slates.ts';
import type { FittedFeatures } from '../encoders/fitted-features.ts';
import { normalise } from '../encoders/normaliser.ts';
import { createSharedItems } from './candidate-set.ts';
import type { EncodedCandidates } from './encoded-candidates.ts';

/**
 * All candidates of one request as a batch of one list in which each stands at the first place: what a model sees that does not know yet where anything will stand.
 * The numbers are those of the encoder for the same items at position 0, but for the columns that compare an item with the rest of its list: they are 0, for there is
 * no list yet.
 */
export function candidateBatch(
  candidates: EncodedCandidates,
  { slotNormaliser, contextNormaliser }: Pick<FittedFeatures, 'slotNormaliser' | 'contextNormaliser'>,
): SlateBatch {
  const { N, F, positioned, listStart, contextDense, contextTokens } = candidates;
  const shared = createSharedItems(candidates);
  const slotDenseBKF = new Float32Array(N * F);
  for (let n = 0; n < N; n++) {
    for (let column = 0; column < listStart; column++)
      slotDenseBKF[n * F + column] =
        column === positioned ? candidates.expectedLogOdds(n, 0) : candidates.slotDenseNF[n * F + column];
  }
  normalise(slotDenseBKF, slotNormaliser);
  for (let n = 0; n < N; n++) slotDenseBKF.fill(0, n * F + listStart, (n + 1) * F);
  const contextDenseBF = Float32Array.from(contextDense);
  normalise(contextDenseBF, contextNormaliser);
  return {
    B: 1,
    K: N,
    U: shared.itemU.length,
    maskBK: new Float32Array(N).fill(1),
    labelBK: new Float32Array(N),
    positionBK: new Int32Array(N),
    slotDenseBKF,
    itemIndexBK: shared.indexN,
    itemU: shared.itemU,
    itemDenseUF: shared.itemDenseUF,
    itemBagsU: shared.itemBagsU,
    contextDenseBF,
    contextBagsB: contextTokens.map((ids) => ({ offsets: Int32Array.of(0, ids.length), ids: Int32Array.from(ids) })),
    clickedIndexBH: shared.clickedIndexH,
    clickedMaskBH: shared.clickedMaskH,
    skippedIndexBH: shared.skippedIndexH,
    skippedMaskBH: shared.skippedMaskH,
  };
}
