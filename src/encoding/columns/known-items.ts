import type { EncodedSlates, KnownItems } from './encoded-slates.ts';

/** The items that a model can learn of from these lists, one by one. */
export function knownItems(
  { items, offsets, itemRowS, clickedBH, count }: EncodedSlates,
  lists: Int32Array,
): KnownItems {
  const shown = new Set<number>();
  const clicked = new Set<number>();
  const H = count === 0 ? 0 : clickedBH.length / count;
  for (const list of lists) {
    for (let slot = offsets[list]; slot < offsets[list + 1]; slot++) shown.add(items.itemR[itemRowS[slot]]);
    for (const row of clickedBH.subarray(list * H, (list + 1) * H)) if (row >= 0) clicked.add(items.itemR[row]);
  }
  const ascending = (set: ReadonlySet<number>): readonly number[] => [...set].sort((a, b) => a - b);
  return { shown: ascending(shown), clicked: ascending(clicked) };
}
