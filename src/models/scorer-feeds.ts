/** Legend: B batch, K slate, U distinct items, H history, F features, E embedded. */
import type { Bags, SlateBatch } from '../features/encoded-slates.ts';
import { type EmbeddingTable, poolBags } from './embedding-table.ts';
import { embeddedWidth } from './scorer-inputs.ts';

/** The tables of a model, in the order of its `InputSpec`. */
export interface EmbeddingTables {
  readonly item: readonly EmbeddingTable[];
  readonly context: readonly EmbeddingTable[];
}

export interface Feed {
  readonly data: Float32Array | BigInt64Array;
  readonly dims: readonly number[];
}

/** A batch under the names of `ScorerInputs`; parts of width 0 are left out, as there. */
export function scorerFeeds(batch: SlateBatch, tables: EmbeddingTables): Readonly<Record<string, Feed>> {
  const { B, K, U } = batch;
  const H = batch.clickedMaskBH.length / B;
  const feeds: Record<string, Feed> = {
    maskBK: { data: batch.maskBK, dims: [B, K] },
    // Read by graphs with a loss only.
    labelsBK: { data: batch.labelBK, dims: [B, K] },
    positionBK: { data: integers(batch.positionBK), dims: [B, K] },
    itemIndexBK: { data: integers(batch.itemIndexBK), dims: [B, K] },
    clickedIndexBH: { data: integers(batch.clickedIndexBH), dims: [B, H] },
    clickedMaskBH: { data: batch.clickedMaskBH, dims: [B, H] },
    skippedIndexBH: { data: integers(batch.skippedIndexBH), dims: [B, H] },
    skippedMaskBH: { data: batch.skippedMaskBH, dims: [B, H] },
  };
  const add = (name: string, data: Float32Array, leading: readonly number[]): void => {
    const width = data.length / leading.reduce((product, extent) => product * extent, 1);
    if (width > 0) feeds[name] = { data, dims: [...leading, width] };
  };
  add('slotDenseBKF', batch.slotDenseBKF, [B, K]);
  add('itemDenseUF', batch.itemDenseUF, [U]);
  add('itemEmbeddedUE', poolAll(tables.item, batch.itemBagsU, U), [U]);
  add('contextDenseBF', batch.contextDenseBF, [B]);
  add('contextEmbeddedBE', poolAll(tables.context, batch.contextBagsB, B), [B]);
  return feeds;
}

function poolAll(tables: readonly EmbeddingTable[], bags: readonly Bags[], count: number): Float32Array {
  const stride = embeddedWidth(tables.map((table) => table.spec));
  const pooled = new Float32Array(count * stride);
  let column = 0;
  for (const [index, table] of tables.entries()) {
    poolBags(table, bags[index], { pooled, stride, column });
    column += table.spec.width;
  }
  return pooled;
}

function integers(values: Int32Array): BigInt64Array {
  const wide = new BigInt64Array(values.length);
  // Writing both halves of each little-endian 64-bit word is ten times faster than creating a BigInt per element.
  const halves = new Int32Array(wide.buffer);
  for (let i = 0; i < values.length; i++) {
    halves[2 * i] = values[i];
    halves[2 * i + 1] = values[i] < 0 ? -1 : 0;
  }
  return wide;
}
