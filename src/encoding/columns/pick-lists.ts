import type { Bags } from './encoded-slates.ts';
import type { ListColumns } from './slate-columns.ts';

/** A list among the columns of some. */
export interface PickedList {
  readonly columns: ListColumns;
  /** Its place there. */
  readonly at: number;
}

/** Columns of these lists, in this order, wherever each lies. Of a click graph nothing is taken. */
export function pickLists(lists: readonly PickedList[]): ListColumns {
  const count = lists.length;
  const offsets = new Int32Array(count + 1);
  for (const [b, { columns, at }] of lists.entries())
    offsets[b + 1] = offsets[b] + columns.offsets[at + 1] - columns.offsets[at];
  const slots = offsets[count];
  /** A column of numbers by slot, of so many a slot. */
  const bySlot = <A extends Column>(target: A, of: (columns: ListColumns) => A): A => {
    const width = slots === 0 ? 0 : target.length / slots;
    for (const [b, { columns, at }] of lists.entries()) {
      const [start, end] = [columns.offsets[at], columns.offsets[at + 1]];
      target.set(of(columns).subarray(start * width, end * width), offsets[b] * width);
    }
    return target;
  };
  const byList = <A extends Column>(target: A, of: (columns: ListColumns) => A): A => {
    const width = count === 0 ? 0 : target.length / count;
    for (const [b, { columns, at }] of lists.entries())
      target.set(of(columns).subarray(at * width, (at + 1) * width), b * width);
    return target;
  };
  const [first] = lists;
  const perSlot = first ? first.columns.slotDenseSF.length / first.columns.offsets[first.columns.count] : 0;
  const perList = (column: (columns: ListColumns) => Column): number =>
    first ? column(first.columns).length / first.columns.count : 0;
  return {
    count,
    offsets,
    slotDenseSF: bySlot(new Float32Array(slots * perSlot), (columns) => columns.slotDenseSF),
    itemRowS: bySlot(new Int32Array(slots), (columns) => columns.itemRowS),
    itemRateS: bySlot(new Float32Array(slots), (columns) => columns.itemRateS),
    positionS: bySlot(new Int32Array(slots), (columns) => columns.positionS),
    labelS: bySlot(new Uint8Array(slots), (columns) => columns.labelS),
    contextDenseBF: byList(
      new Float32Array(count * perList((columns) => columns.contextDenseBF)),
      (columns) => columns.contextDenseBF,
    ),
    contextBags: (first?.columns.contextBags ?? []).map((_, bag) => pickBags(lists, bag)),
    clickedBH: byList(new Int32Array(count * perList((columns) => columns.clickedBH)), (columns) => columns.clickedBH),
    skippedBH: byList(new Int32Array(count * perList((columns) => columns.skippedBH)), (columns) => columns.skippedBH),
    userRowB: byList(new Int32Array(count), (columns) => columns.userRowB),
    userB: byList(new Int32Array(count), (columns) => columns.userB),
    timeB: byList(new Float64Array(count), (columns) => columns.timeB),
    ...(first?.columns.restB
      ? { restB: byList(new Int32Array(count), ({ restB }) => restB ?? new Int32Array(count)) }
      : {}),
  };
}

type Column = Float32Array | Float64Array | Int32Array | Uint8Array;

function pickBags(lists: readonly PickedList[], bag: number): Bags {
  const offsets = new Int32Array(lists.length + 1);
  for (const [b, { columns, at }] of lists.entries()) {
    const own = columns.contextBags[bag].offsets;
    offsets[b + 1] = offsets[b] + own[at + 1] - own[at];
  }
  const ids = new Int32Array(offsets[lists.length]);
  for (const [b, { columns, at }] of lists.entries()) {
    const own = columns.contextBags[bag];
    ids.set(own.ids.subarray(own.offsets[at], own.offsets[at + 1]), offsets[b]);
  }
  return { offsets, ids };
}
