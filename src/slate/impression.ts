import type { RankingEvent } from './events.ts';

/** One slate shown once, joined with what was clicked: one row of the log. K = `ranking.items.length`. */
export interface Impression {
  readonly ranking: RankingEvent;
  /** Per shown item, in shown order: the time of its first click (epoch ms), or -1 when it was not clicked. */
  readonly clickTimesK: Float64Array;
}

/** 0/1 labels of an impression, in shown order. */
export function labelsOf(impression: Impression): Uint8Array {
  return Uint8Array.from(impression.clickTimesK, (time) => (time >= 0 ? 1 : 0));
}
