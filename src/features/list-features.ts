/** Features that compare an item with the rest of its list. An item-by-item model must not see them. */
import type { ItemRow } from './item-table.ts';
import { createTokenDot, type TokenDot } from './token-dot.ts';

export interface ListFeatures {
  readonly names: readonly string[];
  /** Writes the columns of all K items behind the source columns: `row` is [K, stride]. */
  write(row: Float64Array, list: ListContext): void;
}

export interface ListContext {
  readonly K: number;
  readonly stride: number;
  /** Where the list columns begin in a row. */
  readonly start: number;
  readonly itemRows: readonly ItemRow[];
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
  /** `ItemTable.tokenCount`. */
  readonly tokenCount: number;
}): ListFeatures {
  const dot = createTokenDot(options.tokenCount);
  const compared = [...options.columns.map(({ name }) => name), ...options.numberNames];
  return {
    names: [
      ...compared.flatMap((name) => [`${name} over list mean`, `${name} rank in list`]),
      ...options.numberNames.flatMap((name) => [`${name} over alike mean`, `${name} rank among alike`]),
      'mean likeness in list',
      'largest likeness in list',
    ],
    write(row, { K, stride, start, itemRows, numbers }) {
      let at = start;
      const likenessKK = likenessMatrix(itemRows, dot);
      const values = new Float64Array(K);
      for (const column of options.columns) {
        for (let k = 0; k < K; k++) values[k] = row[k * stride + column.at];
        writeComparison(row, values, { stride, at });
        at += 2;
      }
      const alikeStart = at + 2 * options.numberNames.length;
      for (let n = 0; n < options.numberNames.length; n++) {
        for (let k = 0; k < K; k++) values[k] = numbers[k][n];
        writeComparison(row, values, { stride, at: at + 2 * n });
        writeAlikeComparison(row, values, { stride, at: alikeStart + 2 * n, likenessKK });
      }
      writeLikeness(row, likenessKK, { K, stride, at: alikeStart + 2 * options.numberNames.length });
    },
  };
}

interface Place {
  readonly stride: number;
  readonly at: number;
}

function writeComparison(row: Float64Array, values: Float64Array, { stride, at }: Place): void {
  const K = values.length;
  let sum = 0;
  for (let k = 0; k < K; k++) sum += values[k];
  for (let k = 0; k < K; k++) {
    let below = 0;
    let equal = 0;
    for (let other = 0; other < K; other++) {
      if (values[other] < values[k]) below++;
      else if (values[other] === values[k]) equal++;
    }
    row[k * stride + at] = values[k] - sum / K;
    row[k * stride + at + 1] = K > 1 ? (below + (equal - 1) / 2) / (K - 1) : 0.5;
  }
}

/** Difference to the mean of the items like this one, and the share of them (by likeness) that lies below; 0 and the middle where none is like it. */
function writeAlikeComparison(
  row: Float64Array,
  values: Float64Array,
  { stride, at, likenessKK }: Place & { readonly likenessKK: Float64Array },
): void {
  const K = values.length;
  for (let k = 0; k < K; k++) {
    let weight = 0;
    let difference = 0;
    let below = 0;
    for (let other = 0; other < K; other++) {
      const likeness = likenessKK[k * K + other];
      weight += likeness;
      difference += likeness * (values[k] - values[other]);
      if (values[other] < values[k]) below += likeness;
      else if (values[other] === values[k]) below += likeness / 2;
    }
    row[k * stride + at] = weight > 0 ? difference / weight : 0;
    row[k * stride + at + 1] = weight > 0 ? below / weight : 0.5;
  }
}

function writeLikeness(
  row: Float64Array,
  likenessKK: Float64Array,
  { K, stride, at }: Place & { readonly K: number },
): void {
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

/** Cosines of all pairs, symmetric, 0 on the diagonal. */
function likenessMatrix(items: readonly ItemRow[], dot: TokenDot): Float64Array {
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
}
