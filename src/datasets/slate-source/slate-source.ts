/** Legend: B lists, S slots (the items of the lists asked for, end to end). */
import type { EncodedSlates, KnownItems, SlateBatch } from '../../encoding/columns/encoded-slates.ts';
import type { Redraw } from '../../encoding/columns/redraw-neighbours.ts';

/**
 * Encoded lists, wherever their columns lie: all that training, evaluation and serving read of them. Lists are named by their index, in the order in which they were encoded;
 * two sources of the same lists give the same bits.
 */
export interface SlateSource {
  /** Lists. */
  readonly count: number;
  /** Items of each of these lists. */
  lengths(lists: Int32Array): Int32Array;
  /** These lists as one padded batch. */
  batch(lists: Int32Array): SlateBatch;
  /** What became of these lists, and what references are computed from. */
  outcomes(lists: Int32Array): Outcomes;
  /** The items that can be learned of from these lists, one by one. */
  knownItems(lists: Int32Array): KnownItems;
  /** Whether some lists are partial: a batch then says how much each of them hides. */
  readonly hasPartial: boolean;
  /** The columns, where all of them lie in memory that other threads can read. */
  readonly shared?: EncodedSlates | undefined;
  /** The same lists with neighbours in the click graph that are drawn anew; absent where none are kept to draw from. */
  redrawn?(redraw: Redraw): SlateSource;
  /** Told which lists will be asked for soon, of a source that has to fetch them. */
  ahead?(lists: Int32Array): void;
  /** Feeds whatever a model reads of these lists to a hash. */
  digest(hash: DigestSink, lists: Int32Array): void;
}

export interface DigestSink {
  update(bytes: Uint8Array): unknown;
}

/** What happened with some lists: S slots in all. */
export interface Outcomes {
  /** Slots of the b-th list asked for: `[offsets[b], offsets[b + 1])`. */
  readonly offsets: Int32Array;
  /** 1 clicked, 0 not. */
  readonly labelS: Uint8Array;
  /** 0-based position on the page. */
  readonly positionS: Int32Array;
  /** The item's smoothed click rate before the list. */
  readonly itemRateS: Float32Array;
  /** Index of the user. */
  readonly userB: Int32Array;
}
