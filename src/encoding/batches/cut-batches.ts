/** Legend: B lists of a batch, K items of its longest. */
import { InputError } from '../../slate/input-error.ts';

/** B K of a batch: its columns and the vectors of its items grow with it. 256 lists of 50. */
const ITEMS = 12_800;
/** B K^2 of a batch: what attention and the losses over pairs remember grows with it. 256 lists of 50. */
const PAIRS = 640_000;

/** Items of a list beyond which its K^2 alone takes gigabytes. */
export const LONGEST_LIST = 4000;

/**
 * Cuts lists into batches of at most `most`, in their order, by what they cost: lists of some 50 items are cut by their number alone, longer ones sooner. It depends on the
 * lengths alone, so that a training is the same on every machine. A list beyond the budget is a batch by itself. Gives the end of each batch. Throws `InputError` for a list of
 * more than `LONGEST_LIST` items.
 */
export function cutBatches(lengths: Int32Array, most: number): readonly number[] {
  const ends: number[] = [];
  let start = 0;
  let longest = 1;
  for (let n = 0; n < lengths.length; n++) {
    refuseTooLong(lengths[n]);
    const K = Math.max(longest, lengths[n]);
    const B = n + 1 - start;
    if (n > start && (B > most || B * K > ITEMS || B * K * K > PAIRS)) {
      ends.push(n);
      start = n;
      longest = Math.max(1, lengths[n]);
    } else longest = K;
  }
  if (lengths.length > 0) ends.push(lengths.length);
  return ends;
}

/** Throws `InputError` for a list of more than `LONGEST_LIST` items. */
export function refuseTooLong(items: number, where = 'a list'): void {
  if (items <= LONGEST_LIST) return;
  throw new InputError(
    `${where}: expected at most ${LONGEST_LIST} items, found ${items}; shorten it, memory and time grow with the square of its length`,
    'too-large',
  );
}
