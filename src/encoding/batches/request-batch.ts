/** Legend: B slates, K slots, U distinct item rows, H history. */

import type { EncodedCandidates } from '../columns/encoded-candidates.ts';
import type { Bags, EncodedItems, SlateBatch } from '../columns/encoded-slates.ts';
import { type Normaliser, normalise } from '../encoders/normaliser.ts';
import type { SlotArrays } from './slot-arrays.ts';

/** What all batches of one request have in common: the distinct item rows of its candidates and of the user's history, and the context. */
export interface RequestBatches {
  /** Index into U of each candidate. */
  readonly indexN: readonly number[];
  /** Width of the context's dense columns. */
  readonly contextWidth: number;
  /** A batch of slots, each slate with the request's context and history. */
  batchOf(slots: SlotArrays): SlateBatch;
}

export function createRequestBatches(candidates: EncodedCandidates, contextNormaliser: Normaliser): RequestBatches {
  const { rowN, items, contextTokens, userRow } = candidates;
  const context = Float32Array.from(candidates.contextDense);
  normalise(context, contextNormaliser);
  const [clicked, skipped] = [candidates.clicked, candidates.skipped].map((rows) => historyOf(rows, candidates));
  const shared = itemsOf(items);
  return {
    indexN: rowN,
    contextWidth: context.length,
    batchOf: (slots) => ({
      ...slots,
      ...shared,
      contextDenseBF: repeat(context, slots.B),
      contextBagsB: contextTokens.map((ids) => repeatBag(ids, slots.B)),
      userRowB: new Int32Array(slots.B).fill(userRow),
      clickedIndexBH: repeat(clicked.index, slots.B),
      clickedMaskBH: repeat(clicked.mask, slots.B),
      skippedIndexBH: repeat(skipped.index, slots.B),
      skippedMaskBH: repeat(skipped.mask, slots.B),
    }),
  };
}

const itemsOf = (items: EncodedItems): Pick<SlateBatch, 'U' | 'itemU' | 'itemDenseUF' | 'itemBagsU'> => ({
  U: items.count,
  itemU: items.itemR,
  itemDenseUF: items.denseRF,
  itemBagsU: items.bags,
});

function historyOf(
  rows: readonly number[],
  { historyLength }: Pick<EncodedCandidates, 'historyLength'>,
): { readonly index: Int32Array; readonly mask: Float32Array } {
  const index = new Int32Array(historyLength);
  index.set(rows);
  return { index, mask: new Float32Array(historyLength).fill(1, 0, rows.length) };
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
