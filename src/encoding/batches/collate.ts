/** Legend: B batch, K slate, U distinct item rows, H history, F features. */
import type { EncodedClickGraph } from '../columns/click-graph.ts';
import type { EncodedSlates, GraphBatch, SlateBatch } from '../columns/encoded-slates.ts';
import { gatherBags, gatherRows } from './gather.ts';
import { createSlotArrays } from './slot-arrays.ts';

/** Gathers some impressions into one padded batch. K is the longest slate among them. */
export function collate(slates: EncodedSlates, indices: Int32Array): SlateBatch {
  const B = indices.length;
  let K = 1;
  for (const index of indices) K = Math.max(K, slates.offsets[index + 1] - slates.offsets[index]);
  const slots = slates.offsets[slates.count];
  const F = slots === 0 ? 0 : slates.slotDenseSF.length / slots;
  const distinct = createDistinct(slates.items.count);

  const slotArrays = createSlotArrays({ B, K, F });
  const { maskBK, labelBK, positionBK, itemIndexBK, slotDenseBKF } = slotArrays;
  for (let b = 0; b < B; b++) {
    const start = slates.offsets[indices[b]];
    const end = slates.offsets[indices[b] + 1];
    slotDenseBKF.set(slates.slotDenseSF.subarray(start * F, end * F), b * K * F);
    for (let slot = start, to = b * K; slot < end; slot++, to++) {
      maskBK[to] = 1;
      labelBK[to] = slates.labelS[slot];
      positionBK[to] = slates.positionS[slot];
      itemIndexBK[to] = distinct.indexOf(slates.itemRowS[slot]);
    }
  }
  const clicked = gatherHistory(slates.clickedBH, { slates, indices, distinct });
  const skipped = gatherHistory(slates.skippedBH, { slates, indices, distinct });
  const graph = slates.graph && gatherGraph(slates.graph, { slates, indices, distinct, K });
  // An empty batch of lists still has one item row, so that no input is empty.
  if (distinct.rows.length === 0 && slates.items.count > 0) distinct.indexOf(0);
  return {
    ...slotArrays,
    U: distinct.rows.length,
    itemU: Int32Array.from(distinct.rows, (row) => slates.items.itemR[row]),
    itemDenseUF: gatherRows(slates.items.denseRF, slates.items.count, distinct.rows),
    itemBagsU: slates.items.bags.map((bags) => gatherBags(bags, distinct.rows)),
    contextDenseBF: gatherRows(slates.contextDenseBF, slates.count, indices),
    contextBagsB: slates.contextBags.map((bags) => gatherBags(bags, indices)),
    userRowB: indices.map((index) => slates.userRowB[index]),
    clickedIndexBH: clicked.index,
    clickedMaskBH: clicked.mask,
    skippedIndexBH: skipped.index,
    skippedMaskBH: skipped.mask,
    ...(slates.restB ? { restB: gatherRest(slates.restB, indices) } : {}),
    ...(graph ? { graph } : {}),
  };
}

/** How many items some impressions have. */
export const lengthsOf = ({ offsets }: EncodedSlates, indices: Int32Array): Int32Array =>
  indices.map((index) => offsets[index + 1] - offsets[index]);

interface Distinct {
  readonly rows: number[];
  indexOf(row: number): number;
}

/** Item rows in the order of first sight. Which slot of the scratch belongs to this batch is told by a stamp, so nothing is cleared between batches. */
function createDistinct(count: number): Distinct {
  if (scratch.index.length < count)
    scratch = { index: new Int32Array(count), stamp: new Int32Array(count), current: 0 };
  const { index, stamp } = scratch;
  const current = ++scratch.current;
  const rows: number[] = [];
  return {
    rows,
    indexOf(row) {
      if (stamp[row] === current) return index[row];
      stamp[row] = current;
      index[row] = rows.length;
      rows.push(row);
      return rows.length - 1;
    },
  };
}

let scratch = { index: new Int32Array(0), stamp: new Int32Array(0), current: 0 };

function gatherHistory(
  history: Int32Array,
  { slates, indices, distinct }: { slates: EncodedSlates; indices: Int32Array; distinct: Distinct },
): { index: Int32Array; mask: Float32Array } {
  const H = slates.count === 0 ? 0 : history.length / slates.count;
  const index = new Int32Array(indices.length * H);
  const mask = new Float32Array(indices.length * H);
  for (let b = 0; b < indices.length; b++) {
    for (let h = 0; h < H; h++) {
      const row = history[indices[b] * H + h];
      if (row < 0) continue;
      index[b * H + h] = distinct.indexOf(row);
      mask[b * H + h] = 1;
    }
  }
  return { index, mask };
}

function gatherRest(restB: Int32Array, indices: Int32Array): Float32Array {
  return Float32Array.from(indices, (index) => restB[index]);
}

function gatherGraph(
  { fanOut: F, clicks: G, neighbourSF, clickedNG }: EncodedClickGraph,
  { slates, indices, distinct, K }: { slates: EncodedSlates; indices: Int32Array; distinct: Distinct; K: number },
): GraphBatch {
  const neighbourIndexBKF = new Int32Array(indices.length * K * F);
  const neighbourMaskBKF = new Float32Array(indices.length * K * F);
  const places = new Map<number, number>();
  for (let b = 0; b < indices.length; b++) {
    const start = slates.offsets[indices[b]] * F;
    const end = slates.offsets[indices[b] + 1] * F;
    for (let from = start, to = b * K * F; from < end; from++, to++) {
      const node = neighbourSF[from];
      if (node < 0) continue;
      const place = places.get(node) ?? places.size;
      if (place === places.size) places.set(node, place);
      neighbourIndexBKF[to] = place;
      neighbourMaskBKF[to] = 1;
    }
  }
  // Nobody has clicked anything yet: one node without items, so that no input is empty.
  const V = Math.max(places.size, 1);
  const nodeItemIndexVG = new Int32Array(V * G);
  const nodeItemMaskVG = new Float32Array(V * G);
  for (const [node, place] of places) {
    for (let g = 0; g < G; g++) {
      const row = clickedNG[node * G + g];
      if (row < 0) continue;
      nodeItemIndexVG[place * G + g] = distinct.indexOf(row);
      nodeItemMaskVG[place * G + g] = 1;
    }
  }
  return { V, neighbourIndexBKF, neighbourMaskBKF, nodeItemIndexVG, nodeItemMaskVG };
}
