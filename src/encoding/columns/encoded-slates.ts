/**
 * Impressions as numbers: the one form that training, evaluation and serving feed to a model.
 *
 * Legend: S slots (all shown items of all impressions, end to end), B impressions, K slate length, R item rows (one per version of
 * an item's metadata), U distinct item rows in a batch, F features, H history length, T tokens.
 */

import type { EncodedClickGraph } from './click-graph.ts';

/** Bags of vocabulary ids: the tokens of row r are `ids[offsets[r] .. offsets[r + 1])`. Id 0 is the unknown token. */
export interface Bags {
  readonly offsets: Int32Array;
  readonly ids: Int32Array;
}

/** A table of vectors that lives on the host, one row per vocabulary id; a bag of ids is pooled to one vector by `pooling`. */
export interface EmbeddingSpec {
  readonly name: string;
  /** Rows of the table, unknown row 0 included. */
  readonly rows: number;
  /** E, the width of one row. */
  readonly width: number;
  /** `mean` divides the sum of the bag's rows by its length, `sqrt` by the root of it. An empty bag is the zero vector. */
  readonly pooling: 'mean' | 'sqrt';
}

/** What a model needs to know of its inputs: it fixes every input's width. Stored with the model. */
export interface InputSpec {
  /** Names of the columns of `itemDenseRF`: static numbers of an item, normalised. */
  readonly itemDense: readonly string[];
  /** One bag column per item vocabulary, in order; may be empty. */
  readonly itemEmbeddings: readonly EmbeddingSpec[];
  /** Names of the columns of `slotDenseSF`: what is known of this item for this user in this list, normalised. */
  readonly slotDense: readonly string[];
  /** The columns of `slotDense` that compare an item with the rest of its list. An item-by-item model must not see them. */
  readonly listRelative: readonly string[];
  /** Names of the columns of `contextDenseBF`: numbers of the user and the request, normalised. */
  readonly contextDense: readonly string[];
  readonly contextEmbeddings: readonly EmbeddingSpec[];
  /** The columns of `contextDense` and the tables of `contextEmbeddings` that are the user's own, whatever is asked for. */
  readonly ofUser: readonly string[];
  /** A table with a row per user known well enough; row 0, of all others, is zero. Undefined where nobody is, or nothing reads it. */
  readonly userIds?: EmbeddingSpec | undefined;
  /** What a model can know of single items: a table with a row per item has one for each that it learns from, and row 0 for all others. */
  readonly items: KnownItems;
  /** H: how many of the user's last clicked, and of the last skipped items are kept. */
  readonly historyLength: number;
  /** F and G of the click graph, where it was sampled. */
  readonly graph?: { readonly fanOut: number; readonly clicks: number } | undefined;
}

/** Indices in the memory, ascending: the items shown in the training part's lists, and those among the clicks before these lists. */
export interface KnownItems {
  readonly shown: readonly number[];
  readonly clicked: readonly number[];
}

/** Static features of item rows. */
export interface EncodedItems {
  readonly count: number;
  /** Which item a row is a version of: its index in the memory. */
  readonly itemR: Int32Array;
  readonly denseRF: Float32Array;
  /** One per `InputSpec.itemEmbeddings`. */
  readonly bags: readonly Bags[];
}

/** Columns over impressions, in the order in which they were encoded. */
export interface EncodedSlates {
  readonly count: number;
  readonly items: EncodedItems;
  /** Slots of impression b: `[offsets[b], offsets[b + 1])`, in shown order. */
  readonly offsets: Int32Array;
  readonly slotDenseSF: Float32Array;
  /** Row in `items` of each slot. */
  readonly itemRowS: Int32Array;
  /** The item's smoothed click rate before the impression: the baseline every model must beat. */
  readonly itemRateS: Float32Array;
  /** 0-based position on the page. */
  readonly positionS: Int32Array;
  /** 1 clicked, 0 not (zeros for requests that only ask for a score). */
  readonly labelS: Uint8Array;
  readonly contextDenseBF: Float32Array;
  readonly contextBags: readonly Bags[];
  /** Item rows of the user's last clicks before the impression, latest first, -1 where there is none. */
  readonly clickedBH: Int32Array;
  /** Item rows shown to the user before the impression and not clicked so far, latest first, -1 where there is none. */
  readonly skippedBH: Int32Array;
  /** Row of the user in the table of users; 0 of all without one. */
  readonly userRowB: Int32Array;
  /** Index of the user (bootstrap unit); users unknown to the log have a fresh index each. */
  readonly userB: Int32Array;
  readonly timeB: Float64Array;
  /** How many items of the list are not known (yet): hidden in a partial slate; absent: none. */
  readonly restB?: Int32Array;
  /** Where it was sampled. */
  readonly graph?: EncodedClickGraph;
}

/** Padded arrays of some impressions, ready for a graph. Padding slots have mask 0, item index 0, zeros elsewhere. */
export interface SlateBatch {
  readonly B: number;
  readonly K: number;
  readonly U: number;
  readonly maskBK: Float32Array;
  readonly labelBK: Float32Array;
  readonly positionBK: Int32Array;
  readonly slotDenseBKF: Float32Array;
  /** Index into the batch's own U distinct item rows. */
  readonly itemIndexBK: Int32Array;
  /** Index of each distinct row's item in the memory. */
  readonly itemU: Int32Array;
  readonly itemDenseUF: Float32Array;
  readonly itemBagsU: readonly Bags[];
  readonly contextDenseBF: Float32Array;
  readonly contextBagsB: readonly Bags[];
  readonly userRowB: Int32Array;
  /** Index into U, 0 where the mask is 0. */
  readonly clickedIndexBH: Int32Array;
  readonly clickedMaskBH: Float32Array;
  readonly skippedIndexBH: Int32Array;
  readonly skippedMaskBH: Float32Array;
  /** How many items of the list are not known (yet): hidden in a partial slate; absent: none. */
  readonly restB?: Float32Array;
  /** The fold of training users that the list's user is in, from 1; absent: 0, of lists that nothing learns from. */
  readonly foldB?: Float32Array;
  readonly graph?: GraphBatch;
}

/** The click graph around a batch: F users per slot, V distinct user nodes, G items per node. */
export interface GraphBatch {
  readonly V: number;
  /** Index into V, 0 where the mask is 0. */
  readonly neighbourIndexBKF: Int32Array;
  readonly neighbourMaskBKF: Float32Array;
  /** Index into U, 0 where the mask is 0. */
  readonly nodeItemIndexVG: Int32Array;
  readonly nodeItemMaskVG: Float32Array;
}
