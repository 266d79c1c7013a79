/** Legend: N observations of one user. */
import type { SlateSource } from '../../datasets/slate-source/slate-source.ts';
import { cutBatches } from '../../encoding/batches/cut-batches.ts';

/** What one user was shown: every item once, clicked where it was clicked in any of the lists. */
export interface UserObservations {
  /** Index of the user. */
  readonly user: number;
  /** Indices of the items in the memory. */
  readonly itemN: Int32Array;
  /** 1 clicked, 0 not. */
  readonly clickedN: Uint8Array;
}

/** Lists that are read at a time. */
const BATCH = 256;

/** Users of these lists with what they saw there, users and items in the order of the lists. */
export function observe(slates: SlateSource, lists: Int32Array): readonly UserObservations[] {
  const { userB } = slates.outcomes(lists);
  const users = new Map<number, Map<number, number>>();
  const ends = cutBatches(slates.lengths(lists), BATCH);
  for (const [at, end] of ends.entries()) {
    const start = ends[at - 1] ?? 0;
    const { B, K, maskBK, labelBK, itemIndexBK, itemU } = slates.batch(lists.subarray(start, end));
    for (let b = 0; b < B; b++) {
      const user = userB[start + b];
      const seen = users.get(user) ?? new Map<number, number>();
      users.set(user, seen);
      for (let slot = b * K; slot < (b + 1) * K; slot++) {
        if (maskBK[slot] === 0) continue;
        const item = itemU[itemIndexBK[slot]];
        seen.set(item, Math.max(seen.get(item) ?? 0, labelBK[slot]));
      }
    }
  }
  return Array.from(users, ([user, seen]) => ({
    user,
    itemN: Int32Array.from(seen.keys()),
    clickedN: Uint8Array.from(seen.values()),
  }));
}
