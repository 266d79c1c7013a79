/** Legend: B batch, K slate, U distinct items, H history, F features, E embedded. */
import type { SlateBatch } from '../features/encoded-slates.ts';
import { bagsOf, type EmbeddingTables, poolGroup, tableGroups, tableInputs } from './embedding-tables.ts';

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
    // Read by scorers that know of partial slates only.
    restB: { data: batch.restB ?? new Float32Array(B), dims: [B] },
  };
  if (batch.graph) {
    const { V, neighbourIndexBKF, neighbourMaskBKF, nodeItemIndexVG, nodeItemMaskVG } = batch.graph;
    const [F, G] = [neighbourMaskBKF.length / (B * K), nodeItemMaskVG.length / V];
    feeds.neighbourIndexBKF = { data: integers(neighbourIndexBKF), dims: [B, K, F] };
    feeds.neighbourMaskBKF = { data: neighbourMaskBKF, dims: [B, K, F] };
    feeds.nodeItemIndexVG = { data: integers(nodeItemIndexVG), dims: [V, G] };
    feeds.nodeItemMaskVG = { data: nodeItemMaskVG, dims: [V, G] };
  }
  const add = (name: string, data: Float32Array, leading: readonly number[]): void => {
    const width = data.length / leading.reduce((product, extent) => product * extent, 1);
    if (width > 0) feeds[name] = { data, dims: [...leading, width] };
  };
  add('slotDenseBKF', batch.slotDenseBKF, [B, K]);
  add('itemDenseUF', batch.itemDenseUF, [U]);
  add('contextDenseBF', batch.contextDenseBF, [B]);
  for (const group of tableGroups) {
    const count = group === 'context' ? B : U;
    add(tableInputs[group], poolGroup(tables[group], bagsOf(batch, group, tables), count), [count]);
  }
  return feeds;
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
