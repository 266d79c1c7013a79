import type { Bags, EmbeddingSpec } from '../../encoding/columns/encoded-slates.ts';
import type { Rng } from '../../random/rng.ts';

/**
 * A table of vectors on the host, one row per vocabulary id. Only the rows that a batch touches are read, and only they are changed, so a table of millions of
 * ids costs what the batch touches.
 */
export interface EmbeddingTable {
  readonly spec: EmbeddingSpec;
  /** [rows, width], row-major. */
  readonly values: Float32Array;
}

export function createEmbeddingTable(rng: Rng, spec: EmbeddingSpec, deviation = 0.05): EmbeddingTable {
  const values = new Float32Array(spec.rows * spec.width);
  for (let i = 0; i < values.length; i++) values[i] = rng.normal() * deviation;
  return { spec, values };
}

/** Where the pooled vectors of one table stand among the columns of all tables side by side. */
export interface PooledColumns {
  /** [bags, stride]. */
  readonly pooled: Float32Array;
  readonly stride: number;
  readonly column: number;
}

/** Pools each bag's rows into its columns: pooled[bag] = weight * sum of rows. */
export function poolBags(
  { spec, values }: EmbeddingTable,
  { offsets, ids }: Bags,
  { pooled, stride, column }: PooledColumns,
): void {
  const { width, pooling } = spec;
  for (let bag = 0; bag + 1 < offsets.length; bag++) {
    const target = bag * stride + column;
    const weight = poolingWeight(pooling, offsets[bag + 1] - offsets[bag]);
    for (let token = offsets[bag]; token < offsets[bag + 1]; token++) {
      const row = ids[token] * width;
      for (let e = 0; e < width; e++) pooled[target + e] += weight * values[row + e];
    }
  }
}

/** Where the gradients of a table's rows are added up. */
export interface RowGradients {
  /** Room for every row that is touched, one beside the other. */
  readonly rows: Float32Array;
  /** Where the gradient of a row begins. */
  readonly touch: (row: number) => number;
}

/** The transpose of `poolBags`: adds each bag's gradient to the gradients of its rows, in bag order. */
export function spreadGradient(
  { spec }: EmbeddingTable,
  { offsets, ids }: Bags,
  { pooled: gradient, stride, column }: PooledColumns,
  { rows, touch }: RowGradients,
): void {
  const { width, pooling } = spec;
  for (let bag = 0; bag + 1 < offsets.length; bag++) {
    const source = bag * stride + column;
    const weight = poolingWeight(pooling, offsets[bag + 1] - offsets[bag]);
    for (let token = offsets[bag]; token < offsets[bag + 1]; token++) {
      const start = touch(ids[token]);
      for (let e = 0; e < width; e++) rows[start + e] += weight * gradient[source + e];
    }
  }
}

const poolingWeight = (pooling: EmbeddingSpec['pooling'], count: number): number =>
  count === 0 ? 0 : pooling === 'mean' ? 1 / count : 1 / Math.sqrt(count);
