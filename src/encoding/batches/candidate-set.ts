/** Legend: N candidates, B slates, K items of the longest slate, U distinct item rows, H history, F features. */
import { countItems, EMPTY, type Places } from '../../slate/places.ts';
import { logListLength } from '../columns/context-features.ts';
import type { Bags, SlateBatch } from '../columns/encoded-slates.ts';
import type { FittedFeatures } from '../encoders/fitted-features.ts';
import { normalise, scaled, scalingOf } from '../encoders/normaliser.ts';
import { createGraphBatch } from './candidate-graph.ts';
import { createCandidateSlots } from './candidate-slots.ts';
import type { EncodedCandidates } from './encoded-candidates.ts';

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
  const shared = createSharedItems(candidates);
  const context = Float32Array.from(candidates.contextDense);
  normalise(context, contextNormaliser);
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
      const maskBK = new Float32Array(B * K);
      const positionBK = new Int32Array(B * K);
      const itemIndexBK = new Int32Array(B * K);
      const slotDenseBKF = new Float32Array(B * K * F);
      const contextDenseBF = repeat(context, B);
      const restB = new Float32Array(B);
      const graph = candidates.graph && createGraphBatch(candidates.graph, B * K);
      if (items.length < K) [items, places] = [new Int32Array(K), new Int32Array(K)];
      for (let b = 0; b < B; b++) {
        const count = placeItems(slates[b]);
        for (let k = 0; k < count; k++) {
          maskBK[b * K + k] = 1;
          positionBK[b * K + k] = places[k];
          itemIndexBK[b * K + k] = shared.indexN[items[k]];
          graph?.place(b * K + k, items[k]);
        }
        slots.write(slotDenseBKF, b * K * F, { K: count, items, places });
        contextDenseBF[b * context.length + listLength] = lengthFeature(count);
        restB[b] = slates[b].length - count;
      }
      return {
        B,
        K,
        U: shared.itemU.length,
        maskBK,
        labelBK: new Float32Array(B * K),
        positionBK,
        slotDenseBKF,
        itemIndexBK,
        itemU: shared.itemU,
        itemDenseUF: shared.itemDenseUF,
        itemBagsU: shared.itemBagsU,
        contextDenseBF,
        contextBagsB: candidates.contextTokens.map((ids) => repeatBag(ids, B)),
        clickedIndexBH: repeat(shared.clickedIndexH, B),
        clickedMaskBH: repeat(shared.clickedMaskH, B),
        skippedIndexBH: repeat(shared.skippedIndexH, B),
        skippedMaskBH: repeat(shared.skippedMaskH, B),
        restB,
        ...(graph ? { graph: graph.batch } : {}),
      };
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

/** What all batches of one request have in common: the distinct item rows of its candidates and of the user's history. */
export function createSharedItems({ rowN, items, clicked, skipped, historyLength }: EncodedCandidates): SharedItems {
  const history = (rows: readonly number[]): { index: Int32Array; mask: Float32Array } => {
    const index = new Int32Array(historyLength);
    index.set(rows);
    return { index, mask: new Float32Array(historyLength).fill(1, 0, rows.length) };
  };
  const [clickedH, skippedH] = [history(clicked), history(skipped)];
  return {
    indexN: Int32Array.from(rowN),
    itemU: items.itemR,
    itemDenseUF: items.denseRF,
    itemBagsU: items.bags,
    clickedIndexH: clickedH.index,
    clickedMaskH: clickedH.mask,
    skippedIndexH: skippedH.index,
    skippedMaskH: skippedH.mask,
  };
}

export interface SharedItems {
  /** Index into U of each candidate. */
  readonly indexN: Int32Array;
  readonly itemU: Int32Array;
  readonly itemDenseUF: Float32Array;
  readonly itemBagsU: readonly Bags[];
  readonly clickedIndexH: Int32Array;
  readonly clickedMaskH: Float32Array;
  readonly skippedIndexH: Int32Array;
  readonly skippedMaskH: Float32Array;
}

function repeat<A extends Float32Array | Int32Array>(row: A, B: number): A {
  const rows = (row instanceof Float32Array ? new Float32Array(B * row.length) : new Int32Array(B * row.length)) as A;
  for (let b = 0; b < B; b++) rows.set(row, b * row.length);
  return rows;
}

function repeatBag(ids: readonly number[], B: number): Bags {
  const repeated = new Int32Array(B * ids.length);
  const offsets = new Int32Array(B + 1);
  for (let b = 0; b < B; b++) {
    for (let at = 0; at < ids.length; at++) repeated[b * ids.length + at] = ids[at];
    offsets[b + 1] = (b + 1) * ids.length;
  }
  return { offsets, ids: repeated };
}
