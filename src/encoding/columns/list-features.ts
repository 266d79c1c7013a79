/** Features that compare an item with the rest of its list. An item-by-item model must not see them. Legend: K slate, C compared columns. */
import type { ItemVersion } from '../../memory/item-version.ts';
import { createListComparison, type ListComparison } from './list-comparison.ts';
import { createTokenDot } from './token-dot.ts';

export interface ListFeatures {
  readonly names: readonly string[];
  /** C: how many columns are compared; the items' own numbers are the last of them. */
  readonly compared: number;
  /** Writes the list columns of all K items behind the source columns: `row` is [K, stride]. */
  write(row: Float64Array, list: ListContext): void;
  /** The same, without its `write`, for lists of up to `room` items whose values and likenesses are known already. */
  comparison(room: number): ListComparison;
  /** Cosines of the values of all pairs of items, [K, K], symmetric, 0 on the diagonal. */
  likeness(items: readonly ItemVersion[]): Float64Array;
}

export interface ListContext {
  readonly K: number;
  readonly stride: number;
  /** Where the list columns begin in a row. */
  readonly start: number;
  readonly itemRows: readonly ItemVersion[];
  /** Further columns to compare: the items' own numbers, [K][columns]. */
  readonly numbers: readonly (readonly number[])[];
}

/**
 * For every compared column the difference to the list's mean and the rank within the list (0 lowest, 1 highest, ties share the middle); for the items' own numbers
 * the same among the items like it (weighted by cosine of their values: what a shopper compares is the price of a ramen with other ramen); and how like the
 * other items an item is, on the mean and at most.
 */
export function createListFeatures(options: {
  readonly columns: readonly { readonly name: string; readonly at: number }[];
  readonly numberNames: readonly string[];
  /** `ItemEncoder.tokenCount`. */
  readonly tokenCount: number;
}): ListFeatures {
  const { columns, numberNames } = options;
  const dot = createTokenDot(options.tokenCount);
  const names = [...columns.map(({ name }) => name), ...numberNames];
  const features: ListFeatures = {
    names: [
      ...names.flatMap((name) => [`${name} over list mean`, `${name} rank in list`]),
      ...numberNames.flatMap((name) => [`${name} over alike mean`, `${name} rank among alike`]),
      'mean likeness in list',
      'largest likeness in list',
    ],
    compared: names.length,
    comparison: (room) => createListComparison({ C: names.length, A: numberNames.length, room }),
    write(row, { K, stride, start, itemRows, numbers }) {
      if (K > own.room) own = features.comparison(K);
      const values = comparedColumns(row, { K, stride, at: columns.map(({ at }) => at), numbers });
      for (let c = 0; c < names.length; c++) own.valuesCK.set(values.subarray(c * K, (c + 1) * K), c * own.room);
      const alike = features.likeness(itemRows);
      for (let k = 0; k < K; k++) own.likenessKK.set(alike.subarray(k * K, (k + 1) * K), k * own.room);
      own.compare(row, { K, stride, start, kept: 0 });
    },
    likeness(items) {
      const K = items.length;
      const likenessKK = new Float64Array(K * K);
      for (let other = 0; other < K; other++) {
        dot.load(items[other]);
        for (let k = other + 1; k < K; k++) {
          const likeness = dot.cosine(items[k]);
          likenessKK[k * K + other] = likeness;
          likenessKK[other * K + k] = likeness;
        }
      }
      return likenessKK;
    },
  };
  let own = features.comparison(0);
  return features;
}

/** The columns of a row that are compared, then the items' own numbers: [C, K]. */
export function comparedColumns(
  row: Float64Array,
  list: {
    readonly K: number;
    readonly stride: number;
    readonly at: readonly number[];
    /** [K][columns]. */
    readonly numbers: readonly (readonly number[])[];
  },
): Float64Array {
  const { K, stride, at, numbers } = list;
  const own = numbers[0]?.length ?? 0;
  const valuesCK = new Float64Array((at.length + own) * K);
  for (let k = 0; k < K; k++) {
    for (let c = 0; c < at.length; c++) valuesCK[c * K + k] = row[k * stride + at[c]];
    for (let c = 0; c < own; c++) valuesCK[(at.length + c) * K + k] = numbers[k][c];
  }
  return valuesCK;
}
