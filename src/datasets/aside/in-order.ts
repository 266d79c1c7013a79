/** What several threads encoded, in the order of the data set. */
import { pickLists } from '../../encoding/columns/pick-lists.ts';
import type { ListColumns } from '../../encoding/columns/slate-columns.ts';
import type { MergedRows } from './merged-rows.ts';
import { type EncodedChunk, type ToldChunk, threadOfList } from './messages.ts';

/** The lists of a chunk as one encoder would have made them. */
export function inOrder(
  { first, lists, userB }: ToldChunk,
  encoded: readonly EncodedChunk[],
  merged: MergedRows,
): ListColumns {
  const next = encoded.map(() => 0);
  const threadB = Array.from({ length: lists.count }, (_, at) => threadOfList(first + at, userB[at], encoded.length));
  const columns = pickLists(threadB.map((thread) => ({ columns: encoded[thread].columns, at: next[thread]++ })));
  for (const [thread, { rows }] of encoded.entries()) merged.add(thread, rows);
  const { offsets, itemRowS, clickedBH, skippedBH } = columns;
  const H = clickedBH.length / lists.count;
  for (const [at, thread] of threadB.entries()) {
    merged.renumber(thread, itemRowS.subarray(offsets[at], offsets[at + 1]));
    merged.renumber(thread, clickedBH.subarray(at * H, (at + 1) * H));
    merged.renumber(thread, skippedBH.subarray(at * H, (at + 1) * H));
  }
  return columns;
}

/** Users numbered by first sight; each list of nobody known is a user of its own. */
export function createUserNumbers(users: number): (userB: Int32Array) => Int32Array {
  const numberOf = new Int32Array(users).fill(-1);
  let count = 0;
  return (userB) =>
    userB.map((user) => {
      if (user < 0) return count++;
      if (numberOf[user] < 0) numberOf[user] = count++;
      return numberOf[user];
    });
}
