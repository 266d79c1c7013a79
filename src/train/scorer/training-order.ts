import type { Rng } from '../../random/rng.ts';

/** Lists that stay together when windows are drawn: consecutive ones, which lie together wherever they are read from. */
export const BLOCK_LISTS = 1024;

export interface OrderOptions {
  /** Lists of a step. */
  readonly batch: number;
  /** Lists that are shuffled together; undefined: all. */
  readonly window: number | undefined;
  /** How many items each of these lists has. */
  readonly lengthsOf: (lists: Int32Array) => Int32Array;
  /** Of the epoch. */
  readonly rng: Rng;
}

/**
 * The order in which an epoch reads its lists: all of them shuffled; or, with a window, blocks of consecutive lists shuffled, and within windows of blocks batches of
 * lists of like length, in which hardly anything is padded. It follows from the lists, the window, the batch and the epoch's draws alone: so a training is the same to
 * the bit wherever its lists lie, and however many of them are held in memory. It needs the lists of one window at a time.
 */
export function trainingOrder(lists: Int32Array, { batch, window, lengthsOf, rng }: OrderOptions): Int32Array {
  if (window === undefined) return rng.shuffle(lists.slice());
  const spread = blocksShuffled(lists, rng.split('blocks'));
  const size = Math.max(1, Math.floor(window / batch)) * batch;
  for (let start = 0; start < spread.length; start += size) {
    const own = spread.subarray(start, start + size);
    own.set(batchesOfLikeLength(own, { batch, lengths: lengthsOf(own), rng: rng.split(`window ${start}`) }));
  }
  return spread;
}

function blocksShuffled(lists: Int32Array, rng: Rng): Int32Array {
  const order = rng.shuffle(Int32Array.from({ length: Math.ceil(lists.length / BLOCK_LISTS) }, (_, block) => block));
  const spread = new Int32Array(lists.length);
  let at = 0;
  for (const block of order) {
    const own = lists.subarray(block * BLOCK_LISTS, (block + 1) * BLOCK_LISTS);
    spread.set(own, at);
    at += own.length;
  }
  return spread;
}

/** Batches in any order, lists of like length in each; the one that is not full comes last. */
function batchesOfLikeLength(
  lists: Int32Array,
  { batch, lengths, rng }: { readonly batch: number; readonly lengths: Int32Array; readonly rng: Rng },
): Int32Array {
  const places = rng.shuffle(Int32Array.from(lists, (_, at) => at));
  // Sorting keeps the drawn order of lists of one length.
  const sorted = [...places].sort((a, b) => lengths[a] - lengths[b]);
  const full = Math.floor(lists.length / batch);
  const order = rng.shuffle(Int32Array.from({ length: full }, (_, at) => at));
  const left = lists.length - full * batch;
  // Those that fill no batch are drawn from all lengths: the last places drawn.
  const last = new Set(places.subarray(lists.length - left));
  const kept = sorted.filter((place) => !last.has(place));
  const ordered = new Int32Array(lists.length);
  for (const [at, from] of order.entries())
    for (let n = 0; n < batch; n++) ordered[at * batch + n] = lists[kept[from * batch + n]];
  for (const [n, place] of [...last].entries()) ordered[full * batch + n] = lists[place];
  return ordered;
}
