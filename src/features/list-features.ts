/** Features that compare an item with the rest of its list. An item-by-item model must not see them. Legend: K slate, C compared columns. */
import type { ItemRow } from './item-table.ts';
import { createTokenDot } from './token-dot.ts';

export interface ListFeatures {
  readonly names: readonly string[];
  /** C: how many columns are compared; the items' own numbers are the last of them. */
  readonly compared: number;
  /** Writes the list columns of all K items behind the source columns: `row` is [K, stride]. */
  write(row: Float64Array, list: ListContext): void;
  /** The same from values and likenesses that are known already. Allocates nothing. */
  compare(row: Float64Array, list: ComparedList): void;
  /** Cosines of the values of all pairs of items, [K, K], symmetric, 0 on the diagonal. */
  likeness(items: readonly ItemRow[]): Float64Array;
}

export interface ListPlace {
  readonly K: number;
  readonly stride: number;
  /** Where the list columns begin in a row. */
  readonly start: number;
}

export interface ListContext extends ListPlace {
  readonly itemRows: readonly ItemRow[];
  /** Further columns to compare: the items' own numbers, [K][columns]. */
  readonly numbers: readonly (readonly number[])[];
}

export interface ComparedList extends ListPlace {
  /** Column after column; may be longer. */
  readonly valuesCK: Float64Array;
  /** May be longer. */
  readonly likenessKK: Float64Array;
}

/**
 * For every compared column the difference to the list's mean and the rank within the list (0 lowest, 1 highest, ties share the middle); for the items' own numbers
 * the same among the items like it (weighted by cosine of their values: what a shopper compares is the price of a ramen with other ramen); and how like the
 * other items an item is, on the mean and at most.
 */
export function createListFeatures(options: {
  readonly columns: readonly { readonly name: string; readonly at: number }[];
  readonly numberNames: readonly string[];
  /** `ItemTable.tokenCount`. */
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
    write(row, { itemRows, numbers, ...place }) {
      const { K, stride } = place;
      const valuesCK = comparedColumns(row, { K, stride, at: columns.map(({ at }) => at), numbers });
      features.compare(row, { ...place, valuesCK, likenessKK: features.likeness(itemRows) });
    },
    compare(row, { K, stride, start, valuesCK, likenessKK }) {
      let at = start;
      for (let c = 0; c < names.length; c++, at += 2) writeComparison(row, valuesCK, c * K, K, stride, at);
      for (let c = columns.length; c < names.length; c++, at += 2)
        writeAlikeComparison(row, valuesCK, c * K, likenessKK, K, stride, at);
      writeLikeness(row, likenessKK, K, stride, at);
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

// Innermost loops: plain arguments, and comparisons as numbers, so that nothing is allocated and no branch is mispredicted. `first` is where the column begins.

function writeComparison(
  row: Float64Array,
  values: Float64Array,
  first: number,
  K: number,
  stride: number,
  at: number,
): void {
  let sum = 0;
  for (let k = 0; k < K; k++) sum += values[first + k];
  const mean = sum / K;
  for (let k = 0; k < K; k++) {
    const value = values[first + k];
    // How many more lie below than above: equal ones count for neither.
    let lead = 0;
    for (let other = first; other < first + K; other++) lead += +(values[other] < value) - +(values[other] > value);
    row[k * stride + at] = value - mean;
    row[k * stride + at + 1] = K > 1 ? ((K - 1 + lead) * 0.5) / (K - 1) : 0.5;
  }
}

/** Difference to the mean of the items like this one, and the share of them (by likeness) that lies below; 0 and the middle where none is like it. */
function writeAlikeComparison(
  row: Float64Array,
  values: Float64Array,
  first: number,
  likenessKK: Float64Array,
  K: number,
  stride: number,
  at: number,
): void {
  for (let k = 0; k < K; k++) {
    const value = values[first + k];
    let weight = 0;
    let difference = 0;
    let below = 0;
    for (let other = 0; other < K; other++) {
      const likeness = likenessKK[k * K + other];
      weight += likeness;
      difference += likeness * (value - values[first + other]);
      if (values[first + other] < value) below += likeness;
      else if (values[first + other] === value) below += likeness / 2;
    }
    row[k * stride + at] = weight > 0 ? difference / weight : 0;
    row[k * stride + at + 1] = weight > 0 ? below / weight : 0.5;
  }
}

function writeLikeness(row: Float64Array, likenessKK: Float64Array, K: number, stride: number, at: number): void {
  for (let k = 0; k < K; k++) {
    let sum = 0;
    let largest = 0;
    for (let other = 0; other < K; other++) {
      sum += likenessKK[k * K + other];
      largest = Math.max(largest, likenessKK[k * K + other]);
    }
    row[k * stride + at] = sum / Math.max(1, K - 1);
    row[k * stride + at + 1] = largest;
  }
}
