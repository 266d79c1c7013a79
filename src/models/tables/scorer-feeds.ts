/** Legend: B batch, K slate, U distinct items, H history, F features, E embedded. */
import type { GraphBatch, SlateBatch } from '../../encoding/columns/encoded-slates.ts';
import { bagsOf, type EmbeddingTables, poolGroup, type TableGroup, tableInputs } from './embedding-tables.ts';

export interface Feed {
  readonly data: Float32Array | BigInt64Array;
  readonly dims: readonly number[];
}

export type Feeds = Readonly<Record<string, Feed>>;

/** A batch under the names of `ScorerInputs`; parts of width 0 are left out, as there. */
export const scorerFeeds = (batch: SlateBatch, tables: EmbeddingTables): Feeds => ({
  ...slateFeeds(batch, tables),
  ...itemFeeds(batch, tables),
});

/** What belongs to the batch's distinct items: the same for all batches that share them. */
export function itemFeeds(batch: SlateBatch, tables: EmbeddingTables): Feeds {
  const { U, itemDenseUF } = batch;
  return {
    ...optional('itemDenseUF', itemDenseUF, [U]),
    ...pooled('item', batch, { tables, count: U }),
    ...pooled('id', batch, { tables, count: U }),
    ...optional('idKnownUT', idKnown(batch, tables), [U]),
  };
}

function idKnown({ itemU }: SlateBatch, { idRows }: EmbeddingTables): Float32Array {
  const T = idRows.length;
  const knownUT = new Float32Array(itemU.length * T);
  for (const [t, rows] of idRows.entries())
    for (const [u, item] of itemU.entries()) knownUT[u * T + t] = rows.has(item) ? 1 : 0;
  return knownUT;
}

/** What belongs to the batch's slates. */
export function slateFeeds(batch: SlateBatch, tables: EmbeddingTables): Feeds {
  const { B, K } = batch;
  const H = batch.clickedMaskBH.length / B;
  return {
    maskBK: { data: batch.maskBK, dims: [B, K] },
    // Read by graphs with a loss only.
    labelsBK: { data: batch.labelBK, dims: [B, K] },
    positionBK: { data: integers(batch.positionBK), dims: [B, K] },
    itemIndexBK: { data: integers(batch.itemIndexBK), dims: [B, K] },
    clickedIndexBH: { data: integers(batch.clickedIndexBH), dims: [B, H] },
    clickedMaskBH: { data: batch.clickedMaskBH, dims: [B, H] },
    skippedIndexBH: { data: integers(batch.skippedIndexBH), dims: [B, H] },
    skippedMaskBH: { data: batch.skippedMaskBH, dims: [B, H] },
    ...(batch.graph ? graphFeeds(batch.graph, [B, K]) : {}),
    ...optional('slotDenseBKF', batch.slotDenseBKF, [B, K]),
    ...optional('contextDenseBF', batch.contextDenseBF, [B]),
    ...pooled('context', batch, { tables, count: B }),
    ...pooled('user', batch, { tables, count: B }),
    // Read by scorers that know of partial slates only.
    restB: { data: batch.restB ?? new Float32Array(B), dims: [B] },
    // Read by scorers whose factors are fitted out of fold only.
    foldB: { data: batch.foldB ?? new Float32Array(B), dims: [B] },
  };
}

function graphFeeds(graph: GraphBatch, [B, K]: readonly [number, number]): Feeds {
  const { V, neighbourIndexBKF, neighbourMaskBKF, nodeItemIndexVG, nodeItemMaskVG } = graph;
  const [F, G] = [neighbourMaskBKF.length / (B * K), nodeItemMaskVG.length / V];
  return {
    neighbourIndexBKF: { data: integers(neighbourIndexBKF), dims: [B, K, F] },
    neighbourMaskBKF: { data: neighbourMaskBKF, dims: [B, K, F] },
    nodeItemIndexVG: { data: integers(nodeItemIndexVG), dims: [V, G] },
    nodeItemMaskVG: { data: nodeItemMaskVG, dims: [V, G] },
  };
}

function pooled(
  group: TableGroup,
  batch: SlateBatch,
  { tables, count }: { readonly tables: EmbeddingTables; readonly count: number },
): Feeds {
  return optional(tableInputs[group], poolGroup(tables[group], bagsOf(batch, group, tables), count), [count]);
}

function optional(name: string, data: Float32Array, leading: readonly number[]): Feeds {
  const width = data.length / leading.reduce((product, extent) => product * extent, 1);
  return width > 0 ? { [name]: { data, dims: [...leading, width] } } : {};
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
