import type { Fields } from '../slate/fields.ts';

/** One version of an item's metadata as numbers: what a user's tastes are made of, and what a model sees of the item itself. */
export interface ItemVersion {
  /** The item's index in the memory; -1 of an item that the memory does not know. */
  readonly item: number;
  readonly dense: readonly number[];
  /** Ids over all vocabularies end to end, without unknown values. */
  readonly tokens: readonly number[];
  /** Inverse-document-frequency weights of the tokens, scaled to a unit vector. */
  readonly tokenWeights: readonly number[];
  /** Where each vocabulary's tokens begin in `tokens`; one more entry than vocabularies. */
  readonly tokenStarts: readonly number[];
  /** Ids per embedding table, each within its own vocabulary; 0 stands for unknown values. */
  readonly bags: readonly (readonly number[])[];
  /** As they were given: what an age at an impression is computed from. */
  readonly fields: Fields;
}

/** Turns an item's metadata into numbers. Pure; the memory calls it once per version. */
export type DescribeItem = (item: {
  readonly index: number;
  readonly id: string;
  readonly fields: Fields;
}) => ItemVersion;
