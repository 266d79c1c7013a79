/** Features that compare an item with the rest of its list. An item-by-item model must not see them. Legend: K slate, C compared columns. */
import type { ItemVersion } from '../../memory/item-version.ts';
import { createListComparison, type ListComparison } from './list-comparison.ts';
import { createListTokens } from './list-tokens.ts';

export interface ListFeatures {
  readonly names: readonly string[];
  /** C: how many columns are compared; the items' own numbers are the last of them. */
  readonly compared: number;
  /** Writes the list columns of all K items behind the source columns: `row` is [K, stride]. */
  write(row: Float64Array, list: ListContext): void;
  /** Writes what is compared, the columns of the rows and then the items' own numbers: `target` is [C, room], room at least K. */
  values(target: Float64Array, list: ListValues): void;
  /** What `write` compares with, for lists of up to `room` items whose values and likenesses are known already. */
  comparison(room: number): ListComparison;
  /** Cosines of the values of all pairs of items, [K, K], symmetric, 0 on the diagonal. */
  likeness(items: readonly ItemVersion[]): Float64Array;
}

export interface ComparedColumn {
  readonly name: string;
  /** Where it stands in a row. */
  readonly at: number;
}

export interface ListValues {
  /** [K, stride]. */
  readonly row: Float64Array;
  readonly K: number;
  readonly stride: number;
  readonly versions: readonly ItemVersion[];
  readonly room: number;
}

export interface ListContext {
  readonly K: number;
  readonly stride: number;
  /** Where the list columns begin in a row. */
  readonly start: number;
  readonly versions: readonly ItemVersion[];
}

/**
 * For every compared column the difference to the list's mean and the rank within the list (0 lowest, 1 highest, ties share the middle); for the items' own numbers
 * the same among the items like it (weighted by cosine of their values: what a shopper compares is the price of a ramen with other ramen); and how like the
 * other items an item is, on the mean and at most.
 */
export function createListFeatures(options: {
  /** Columns of a row that are compared. */
  readonly columns: readonly ComparedColumn[];
  /** Further ones, which hold the item's own numbers in this list. */
  readonly ranked: readonly ComparedColumn[];
  /** Names of the item's own numbers, the first of `ItemVersion.dense`. */
  readonly numbers: readonly string[];
  /** `ItemEncoder.tokenCount`. */
  readonly tokenCount: number;
}): ListFeatures {
  const { columns, ranked, numbers } = options;
  const tokens = createListTokens(options.tokenCount);
  const numberNames = [...ranked.map(({ name }) => name), ...numbers];
  const names = [...columns.map(({ name }) => name), ...numberNames];
  const at = [...columns, ...ranked].map((column) => column.at);
  const features: ListFeatures = {
    names: [
      ...names.flatMap((name) => [`${name} over list mean`, `${name} rank in list`]),
      ...numberNames.flatMap((name) => [`${name} over alike mean`, `${name} rank among alike`]),
      'mean likeness in list',
      'largest likeness in list',
    ],
    compared: names.length,
    comparison: (room) => createListComparison({ C: names.length, A: numberNames.length, room }),
    values(target, { row, K, stride, versions, room }) {
      for (let c = 0; c < at.length; c++) {
        for (let k = 0; k < K; k++) target[c * room + k] = row[k * stride + at[c]];
      }
      for (let c = 0; c < numbers.length; c++) {
        const first = (at.length + c) * room;
        for (let k = 0; k < K; k++) target[first + k] = versions[k].dense[c];
      }
    },
    write(row, { K, stride, start, versions }) {
      if (K > own.room) own = features.comparison(K);
      features.values(own.valuesCK, { row, K, stride, versions, room: own.room });
      tokens.load(versions);
      for (let k = 1; k < K; k++) tokens.cosines(own.likenessKK.subarray(k * own.room), versions[k], k);
      own.compare(row, { K, stride, start, kept: 0 });
    },
    likeness(items) {
      const K = items.length;
      const likenessKK = new Float64Array(K * K);
      tokens.load(items);
      for (let k = 1; k < K; k++) {
        const rowK = likenessKK.subarray(k * K, (k + 1) * K);
        tokens.cosines(rowK, items[k], k);
        for (let other = 0; other < k; other++) likenessKK[other * K + k] = rowK[other];
      }
      return likenessKK;
    },
  };
  let own = features.comparison(0);
  return features;
}
