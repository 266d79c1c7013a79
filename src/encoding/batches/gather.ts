import type { Bags } from '../columns/encoded-slates.ts';

/** Some rows of a matrix of `count` rows, in the order asked for. */
export function gatherRows(values: Float32Array, count: number, rows: ArrayLike<number>): Float32Array {
  const width = count === 0 ? 0 : values.length / count;
  const gathered = new Float32Array(rows.length * width);
  for (let at = 0; at < rows.length; at++)
    gathered.set(values.subarray(rows[at] * width, (rows[at] + 1) * width), at * width);
  return gathered;
}

/** The same of bags. */
export function gatherBags(bags: Bags, rows: ArrayLike<number>): Bags {
  const offsets = new Int32Array(rows.length + 1);
  for (let at = 0; at < rows.length; at++)
    offsets[at + 1] = offsets[at] + bags.offsets[rows[at] + 1] - bags.offsets[rows[at]];
  const ids = new Int32Array(offsets[rows.length]);
  for (let at = 0; at < rows.length; at++)
    ids.set(bags.ids.subarray(bags.offsets[rows[at]], bags.offsets[rows[at] + 1]), offsets[at]);
  return { offsets, ids };
}
