/** Item rows that several threads number for themselves, numbered anew: by first sight in the order of the lists, as one encoder numbers them. */
import type { Bags, EncodedItems } from '../../encoding/columns/encoded-slates.ts';
import { growableIntegers } from '../../encoding/columns/growable.ts';
import type { NewRows } from './messages.ts';

export interface MergedRows {
  /** Tells the rows that came with a thread's chunk. */
  add(thread: number, rows: NewRows): void;
  /** Numbers rows of a thread anew, in place; -1 stays. */
  renumber(thread: number, rows: Int32Array): void;
  /** `ofThreads`: all rows of every thread. */
  finish(ofThreads: readonly EncodedItems[]): EncodedItems;
}

export function createMergedRows(threads: number): MergedRows {
  const told = Array.from({ length: threads }, () => ({ items: growableIntegers(), versions: growableIntegers() }));
  /** By item: version and row that were met last; versions of an item only grow. */
  const latest = new Map<number, { readonly version: number; readonly row: number }>();
  /** By merged row: where it is told. */
  const threadOf = growableIntegers();
  const rowOf = growableIntegers();
  /** By thread and its row: the merged one, -1 where it was not met. */
  const merged: Int32Array[] = told.map(() => new Int32Array(1024).fill(-1));

  return {
    add(thread, { items, versions }) {
      told[thread].items.pushAll(items);
      told[thread].versions.pushAll(versions);
    },
    renumber(thread, rows) {
      const count = told[thread].items.length;
      if (count > merged[thread].length) {
        const wider = new Int32Array(Math.max(count, 2 * merged[thread].length)).fill(-1);
        wider.set(merged[thread]);
        merged[thread] = wider;
      }
      const known = merged[thread];
      for (let at = 0; at < rows.length; at++) {
        const row = rows[at];
        if (row < 0) continue;
        if (known[row] < 0) known[row] = meet(thread, row);
        rows[at] = known[row];
      }
    },
    finish(ofThreads) {
      const [threadR, ownR] = [threadOf.finish(), rowOf.finish()];
      const count = threadR.length;
      const [first] = ofThreads;
      const width = widthOf(ofThreads);
      const itemR = new Int32Array(count);
      const denseRF = new Float32Array(count * width);
      for (let row = 0; row < count; row++) {
        const [own, from] = [ownR[row], ofThreads[threadR[row]]];
        itemR[row] = from.itemR[own];
        denseRF.set(from.denseRF.subarray(own * width, (own + 1) * width), row * width);
      }
      const bags = first.bags.map((_, bag): Bags => {
        const offsets = new Int32Array(count + 1);
        const ids = growableIntegers();
        for (let row = 0; row < count; row++) {
          const from = ofThreads[threadR[row]].bags[bag];
          ids.pushAll(from.ids.subarray(from.offsets[ownR[row]], from.offsets[ownR[row] + 1]));
          offsets[row + 1] = ids.length;
        }
        return { offsets, ids: ids.finish() };
      });
      return { count, itemR, denseRF, bags };
    },
  };

  function meet(thread: number, own: number): number {
    const item = told[thread].items.at(own);
    const version = told[thread].versions.at(own);
    const known = latest.get(item);
    if (known?.version === version) return known.row;
    const row = rowOf.length;
    latest.set(item, { version, row });
    threadOf.push(thread);
    rowOf.push(own);
    return row;
  }
}

/** Dense columns of an item. */
function widthOf(ofThreads: readonly EncodedItems[]): number {
  const some = ofThreads.find(({ count }) => count > 0);
  return some ? some.denseRF.length / some.count : 0;
}
