/** Features that compare an item with the rest of its list. An item-by-item model must not see them. */
import type { ItemRow } from './item-table.ts';
import { cosine } from './slot-features.ts';

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
 * For every compared column the difference to the list's mean and the rank within the list (0 lowest, 1 highest, ties share the middle); and how like the other
 * items an item is (cosine of its values: mean and largest).
 */
export function createListFeatures(options: {
  readonly columns: readonly { readonly name: string; readonly at: number }[];
  readonly numberNames: readonly string[];
}): ListFeatures {
  const compared = [...options.columns.map(({ name }) => name), ...options.numberNames];
  return {
    names: [
      ...compared.flatMap((name) => [`${name} over list mean`, `${name} rank in list`]),
      'mean likeness in list',
      'largest likeness in list',
    ],
    write(row, { K, stride, start, itemRows, numbers }) {
      let at = start;
      const values = new Float64Array(K);
      const compare = (): void => {
        writeComparison(row, values, { stride, at });
        at += 2;
      };
      for (const column of options.columns) {
        for (let k = 0; k < K; k++) values[k] = row[k * stride + column.at];
        compare();
      }
      for (let n = 0; n < options.numberNames.length; n++) {
        for (let k = 0; k < K; k++) values[k] = numbers[k][n];
        compare();
      }
      writeLikeness(row, itemRows, { stride, at });
    },
  };
}

function writeComparison(
  row: Float64Array,
  values: Float64Array,
  { stride, at }: { stride: number; at: number },
): void {
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

function writeLikeness(
  row: Float64Array,
  items: readonly ItemRow[],
  { stride, at }: { stride: number; at: number },
): void {
  const K = items.length;
  for (let k = 0; k < K; k++) {
    for (let other = 0; other < k; other++) {
      const likeness = cosine(items[k], items[other]);
      for (const place of [k * stride + at, other * stride + at]) {
        row[place] += likeness / Math.max(1, K - 1);
        row[place + 1] = Math.max(row[place + 1], likeness);
      }
    }
  }
}
