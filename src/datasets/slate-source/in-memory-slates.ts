import { collate, lengthsOf } from '../../encoding/batches/collate.ts';
import { checkColumns } from '../../encoding/columns/check-columns.ts';
import type { EncodedSlates } from '../../encoding/columns/encoded-slates.ts';
import { knownItems } from '../../encoding/columns/known-items.ts';
import { redrawNeighbours } from '../../encoding/columns/redraw-neighbours.ts';
import { areShared } from '../../encoding/columns/shared-columns.ts';
import type { DigestSink, Outcomes, SlateSource } from './slate-source.ts';

/** Lists whose columns are held in memory. */
export interface InMemorySlates extends SlateSource {
  readonly columns: EncodedSlates;
}

/** A source of slates whose columns lie in memory. */
export function createInMemorySlates(columns: EncodedSlates): InMemorySlates {
  checkColumns(columns, 'createInMemorySlates');
  const { graph } = columns;
  return {
    columns,
    shared: areShared(columns) ? columns : undefined,
    count: columns.count,
    lengths: (lists) => lengthsOf(columns, lists),
    batch: (lists) => collate(columns, lists),
    outcomes: (lists) => outcomesOf(columns, lists),
    knownItems: (lists) => knownItems(columns, lists),
    hasPartial: columns.restB !== undefined,
    digest: (hash, lists) => digest(columns, lists, hash),
    ...(graph?.neighbourSP
      ? { redrawn: (redraw) => createInMemorySlates({ ...columns, graph: redrawNeighbours(graph, redraw) }) }
      : {}),
  };
}

function outcomesOf(columns: EncodedSlates, lists: Int32Array): Outcomes {
  const lengths = lengthsOf(columns, lists);
  const offsets = new Int32Array(lists.length + 1);
  for (let b = 0; b < lists.length; b++) offsets[b + 1] = offsets[b] + lengths[b];
  const slots = offsets[lists.length];
  const labelS = new Uint8Array(slots);
  const positionS = new Int32Array(slots);
  const itemRateS = new Float32Array(slots);
  for (let b = 0; b < lists.length; b++) {
    const [start, end] = [columns.offsets[lists[b]], columns.offsets[lists[b] + 1]];
    labelS.set(columns.labelS.subarray(start, end), offsets[b]);
    positionS.set(columns.positionS.subarray(start, end), offsets[b]);
    itemRateS.set(columns.itemRateS.subarray(start, end), offsets[b]);
  }
  return { offsets, labelS, positionS, itemRateS, userB: lists.map((list) => columns.userB[list]) };
}

function digest(
  { count, offsets, slotDenseSF, contextDenseBF, labelS }: EncodedSlates,
  lists: Int32Array,
  hash: DigestSink,
): void {
  const [slotWidth, contextWidth] = [slotDenseSF.length / offsets[count], contextDenseBF.length / count];
  for (const list of lists) {
    const [start, end] = [offsets[list], offsets[list + 1]];
    hash.update(bytesOf(labelS.subarray(start, end)));
    hash.update(bytesOf(slotDenseSF.subarray(start * slotWidth, end * slotWidth)));
    hash.update(bytesOf(contextDenseBF.subarray(list * contextWidth, (list + 1) * contextWidth)));
  }
}

const bytesOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);
