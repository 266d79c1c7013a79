/** Legend: B impressions, S slots. */
import { rankSlate, type TiedRanking } from './tied-ranking.ts';

/** Scored slates, end to end: slots of slate b are `[offsetsB[b], offsetsB[b + 1])`. */
export interface ScoredSlates {
  readonly offsetsB: ArrayLike<number>;
  readonly scoreS: ArrayLike<number>;
  readonly labelS: ArrayLike<number>;
}

/** A ranking metric of one slate that has a click; the mean over the orders that its ties allow. */
export type SlateMetric = (ranking: TiedRanking) => number;

export interface SlateMean {
  /** Mean over the slates with a click; NaN when there is none. */
  readonly value: number;
  readonly slates: number;
  /** Slates left out because nothing in them was clicked: no order of them is better than another. */
  readonly withoutClick: number;
}

export function meanOverSlates({ offsetsB, scoreS, labelS }: ScoredSlates, metric: SlateMetric): SlateMean {
  let sum = 0;
  let slates = 0;
  const B = Math.max(0, offsetsB.length - 1);
  for (let b = 0; b < B; b++) {
    const ranking = rankSlate(scoreS, labelS, [offsetsB[b], offsetsB[b + 1]]);
    if (ranking.clicks === 0) continue;
    slates++;
    sum += metric(ranking);
  }
  return { value: sum / slates, slates, withoutClick: B - slates };
}
