import type { ItemVersion } from '../../memory/item-version.ts';
import type { Bags, EncodedItems } from './encoded-slates.ts';
import { growableFloats, growableIntegers } from './growable.ts';

/** The item versions that some lists were shown with, each a row. */
export interface ItemRows {
  /** The version's row, a new one at first sight. */
  rowOf(version: ItemVersion): number;
  /** Rows so far. */
  count(): number;
  /** Items of the rows from one on. */
  itemsFrom(row: number): Int32Array;
  finish(): EncodedItems;
}

/** `bags`: how many bags an item version has. */
export function createItemRows(bagCount: number): ItemRows {
  const rows = new Map<ItemVersion, number>();
  const item = growableIntegers();
  const dense = growableFloats();
  const bags = Array.from({ length: bagCount }, () => {
    const offsets = growableIntegers();
    offsets.push(0);
    return { offsets, ids: growableIntegers() };
  });

  return {
    count: () => rows.size,
    itemsFrom: (row) => item.from(row),
    rowOf(version) {
      const known = rows.get(version);
      if (known !== undefined) return known;
      const row = rows.size;
      rows.set(version, row);
      item.push(version.item);
      dense.pushAll(version.dense);
      for (let at = 0; at < bags.length; at++) {
        bags[at].ids.pushAll(version.bags[at]);
        bags[at].offsets.push(bags[at].ids.length);
      }
      return row;
    },
    finish: () => ({
      count: rows.size,
      itemR: item.finish(),
      denseRF: dense.finish(),
      bags: bags.map((bag): Bags => ({ offsets: bag.offsets.finish(), ids: bag.ids.finish() })),
    }),
  };
}
