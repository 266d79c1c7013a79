/** Legend: N candidates, B slates, K items of the longest slate, F features. */
import { countItems, EMPTY, type Places } from '../../slate/places.ts';
import { logListLength } from '../columns/context-features.ts';
import type { EncodedCandidates } from '../columns/encoded-candidates.ts';
import type { SlateBatch } from '../columns/encoded-slates.ts';
import type { FittedFeatures } from '../columns/fitted-features.ts';
import { scaled, scalingOf } from '../encoders/normaliser.ts';
import { createGraphBatch } from './candidate-graph.ts';
import { createCandidateSlots } from './candidate-slots.ts';
import { createRequestBatches } from './request-batch.ts';
import { createSlotArrays } from './slot-arrays.ts';

/** The candidates of one request as a model's inputs, slate by slate, many slates at little cost. */
export interface CandidateSet {
  readonly N: number;
  /** Cosine of two candidates' values, 0 of a candidate with itself. */
  likeness(one: number, other: number): number;
  /**
   * Whole or partial slates as one normalised batch, with the numbers that the encoder gives for the same items at the same places. Empty places are left out and
   * counted in `restB`; of the items that are there, the order is that of the places. Item rows are the same arrays in every batch of the set.
   */
  collate(slates: readonly Places[]): SlateBatch;
}

/** `candidates` comes from `SlateEncoder.candidates`. Throws a RangeError for a place that names no candidate. */
export function createCandidateSet(
  candidates: EncodedCandidates,
  { slotNormaliser, contextNormaliser }: Pick<FittedFeatures, 'slotNormaliser' | 'contextNormaliser'>,
): CandidateSet {
  const { N, F, listLength } = candidates;
  const slots = createCandidateSlots(candidates, slotNormaliser);
  const request = createRequestBatches(candidates, contextNormaliser);
  const { centres, factors } = scalingOf(contextNormaliser);
  const lengthFeature = (count: number): number =>
    scaled(Math.fround(logListLength(count)), centres[listLength], factors[listLength]);
  let items = new Int32Array(0);
  let places = new Int32Array(0);

  return {
    N,
    likeness: slots.likeness,
    collate(slates) {
      const B = slates.length;
      let K = 1;
      for (let b = 0; b < B; b++) K = Math.max(K, countItems(slates[b]));
      const slotArrays = createSlotArrays({ B, K, F });
      const { maskBK, positionBK, itemIndexBK, slotDenseBKF } = slotArrays;
      const batch = request.batchOf(slotArrays);
      const restB = new Float32Array(B);
      const graph = candidates.graph && createGraphBatch(candidates.graph, B * K);
      if (items.length < K) [items, places] = [new Int32Array(K), new Int32Array(K)];
      for (let b = 0; b < B; b++) {
        const count = placeItems(slates[b]);
        for (let k = 0; k < count; k++) {
          maskBK[b * K + k] = 1;
          positionBK[b * K + k] = places[k];
          itemIndexBK[b * K + k] = request.indexN[items[k]];
          graph?.place(b * K + k, items[k]);
        }
        slots.write(slotDenseBKF, b * K * F, { K: count, items, places });
        batch.contextDenseBF[b * request.contextWidth + listLength] = lengthFeature(count);
        restB[b] = slates[b].length - count;
      }
      return { ...batch, restB, ...(graph ? { graph: graph.batch } : {}) };
    },
  };

  /** Lists the items of a slate and where they stand; returns how many there are. */
  function placeItems(slate: Places): number {
    let count = 0;
    for (let place = 0; place < slate.length; place++) {
      const item = slate[place];
      if (item === EMPTY) continue;
      if (item < 0 || item >= N)
        throw new RangeError(`collate: expected candidates below ${N}, found ${item} at place ${place}`);
      items[count] = item;
      places[count++] = place;
    }
    return count;
  }
}
