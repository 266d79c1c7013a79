import type { JoinableList, JoinedImpression, ListForm } from '../join/joined.ts';
import type { IdCodes } from './event-block.ts';
import type { ListBlock } from './list-block.ts';
import { createListBlockBuilder } from './list-block-builder.ts';

/** A list that is a row of a block. */
export interface ColumnList extends JoinableList {
  readonly block: ListBlock;
  readonly row: number;
}

export const columnList = (block: ListBlock, row: number): ColumnList => ({
  time: block.times[row],
  line: block.lines[row],
  block,
  row,
});

/** Lists as rows of blocks, whose codes are those of the tables. */
export function columnForm({ items: itemCodes, users: userCodes }: IdCodes): ListForm<ColumnList> {
  return {
    idOf: ({ block, row }) => block.ids[row],
    userOf: ({ block, row }) => userCodes.ids[block.users[row]],
    placeIn({ block: { items, starts }, row }, item) {
      const code = itemCodes.indexOf(item);
      for (let slot = starts[row]; slot < starts[row + 1]; slot++) if (items[slot] === code) return slot - starts[row];
      return -1;
    },
    itemAt: ({ block, row }, at) => itemCodes.ids[block.items[block.starts[row] + at]],
    isSame(a, b) {
      const [from, to] = [a.block.starts[a.row], b.block.starts[b.row]];
      const length = lengthOf(a);
      if (a.block.users[a.row] !== b.block.users[b.row] || length !== lengthOf(b)) return false;
      for (let k = 0; k < length; k++) if (a.block.items[from + k] !== b.block.items[to + k]) return false;
      return true;
    },
    printOf({ block: { items, starts, users }, row }) {
      // FNV-1a over the codes.
      let hash = Math.imul(0x811c9dc5 ^ users[row], 0x01000193);
      for (let slot = starts[row]; slot < starts[row + 1]; slot++)
        hash = Math.imul(hash ^ (hash >>> 15) ^ items[slot], 0x01000193);
      return hash;
    },
    clickAt: ({ block, row }, at) => block.clickTimes[block.starts[row] + at],
    setClick({ block, row }, at, time) {
      block.clickTimes[block.starts[row] + at] = time;
    },
    lengthOf,
  };
}

const lengthOf = ({ block: { starts }, row }: ColumnList): number => starts[row + 1] - starts[row];

/** Lists that are objects, as rows of one block. */
export function columnListsOf(lists: readonly JoinedImpression[], codes: IdCodes): readonly ColumnList[] {
  const builder = createListBlockBuilder(lists.length);
  for (const list of lists) builder.add(list, codes);
  const block = builder.finish();
  return lists.map((_, row) => columnList(block, row));
}
