/** Legend: N candidates, F features. */

import type { EncodedCandidates } from '../columns/encoded-candidates.ts';
import type { SlateBatch } from '../columns/encoded-slates.ts';
import type { FittedFeatures } from '../columns/fitted-features.ts';
import { normalise } from '../encoders/normaliser.ts';
import { createRequestBatches } from './request-batch.ts';
import { createSlotArrays } from './slot-arrays.ts';

/**
 * All candidates of one request as a batch of one list in which each stands at the first place: what a model sees that does not know yet where anything will stand.
 * The numbers are those of the encoder for the same items at position 0, but for the columns that compare an item with the rest of its list: they are 0, for there is
 * no list yet.
 */
export function candidateBatch(
  candidates: EncodedCandidates,
  { slotNormaliser, contextNormaliser }: Pick<FittedFeatures, 'slotNormaliser' | 'contextNormaliser'>,
): SlateBatch {
  const { N, F, positioned, listStart } = candidates;
  const request = createRequestBatches(candidates, contextNormaliser);
  const slots = createSlotArrays({ B: 1, K: N, F });
  const { slotDenseBKF } = slots;
  for (let n = 0; n < N; n++) {
    for (let column = 0; column < listStart; column++)
      slotDenseBKF[n * F + column] =
        column === positioned ? candidates.expectedLogOdds(n, 0) : candidates.slotDenseNF[n * F + column];
  }
  normalise(slotDenseBKF, slotNormaliser);
  for (let n = 0; n < N; n++) slotDenseBKF.fill(0, n * F + listStart, (n + 1) * F);
  slots.maskBK.fill(1);
  slots.itemIndexBK.set(request.indexN);
  return request.batchOf(slots);
}
