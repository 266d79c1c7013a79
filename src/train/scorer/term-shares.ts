/** What share of a whole a piece of it has in each term of a loss. Legend: B lists, K places. */
import type { SlateBatch } from '../../encoding/columns/encoded-slates.ts';
import { checkCounts, type ListCounts } from '../../losses/counts.ts';
import type { Loss, LossConfig } from '../../losses/loss.ts';
import type { Feeds } from '../../models/tables/scorer-feeds.ts';
import type { Registry } from '../../slate/registry.ts';

/** The input of a graph with losses: the share of each term, [number of terms]. */
export const termSharesName = 'termShares';

/** How much of these lists each term's mean is over. */
export type TermCounts = (lists: readonly ListCounts[]) => readonly number[];

/** Of the terms of a recipe, in their order. Throws `InputError` for a loss that counts nothing of any list. */
export function termCounts(configs: readonly LossConfig[], losses: Registry<Loss>): TermCounts {
  const terms = configs.map(({ name, weight: _, ...options }) => {
    const loss = losses.named(name);
    const all = { ...loss.defaults, ...options };
    checkCounts(loss, all);
    return (list: ListCounts): number => loss.counts(list, all);
  });
  return (lists) => terms.map((count) => lists.reduce((sum, list) => sum + count(list), 0));
}

/**
 * What the graph is fed of each piece: its counts over those of all pieces. Its terms are means over the piece; times these shares they add up to the means over
 * the whole, and so do their gradients, however the whole is cut. A term that nothing counts in is 0.
 */
export function termShares(pieces: readonly (readonly ListCounts[])[], counts: TermCounts): readonly Feeds[] {
  const ofPieces = pieces.map(counts);
  const ofAll = ofPieces[0]?.map((_, term) => ofPieces.reduce((sum, piece) => sum + piece[term], 0));
  return ofPieces.map((piece) => {
    const data = Float32Array.from(piece, (count, term) => (ofAll[term] > 0 ? count / ofAll[term] : 0));
    return { [termSharesName]: { data, dims: [data.length] } };
  });
}

/** The lists of a batch. */
export function listsOfBatch({ B, K, labelBK, maskBK }: SlateBatch): readonly ListCounts[] {
  return Array.from({ length: B }, (_, b) => {
    let [items, clicks] = [0, 0];
    for (let slot = b * K; slot < (b + 1) * K; slot++) {
      items += maskBK[slot];
      clicks += labelBK[slot];
    }
    return { items, clicks };
  });
}

/** Lists whose slots lie end to end: those of the n-th are `[offsets[n], offsets[n + 1])`. */
export function listsOfSlots(offsets: Int32Array, labelS: Uint8Array): readonly ListCounts[] {
  return Array.from({ length: offsets.length - 1 }, (_, n) => {
    let clicks = 0;
    for (let slot = offsets[n]; slot < offsets[n + 1]; slot++) clicks += labelS[slot];
    return { items: offsets[n + 1] - offsets[n], clicks };
  });
}
