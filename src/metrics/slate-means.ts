/** Legend: B impressions, S slots, K slate. */
import { orderByScore } from './order-by-score.ts';

/** Scored slates, end to end: slots of slate b are `[offsetsB[b], offsetsB[b + 1])`. */
export interface ScoredSlates {
  readonly offsetsB: ArrayLike<number>;
  readonly scoreS: ArrayLike<number>;
  readonly labelS: ArrayLike<number>;
}

/** A ranking metric of one slate that has a click: its labels in the order of the ranking, best first. */
export type SlateMetric = (rankedLabelsK: Uint8Array) => number;

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
    const rankedLabelsK = rankLabels(scoreS, labelS, offsetsB[b], offsetsB[b + 1]);
    if (!rankedLabelsK.includes(1)) continue;
    slates++;
    sum += metric(rankedLabelsK);
  }
  return { value: sum / slates, slates, withoutClick: B - slates };
}

/** Labels of slots `[start, end)`, highest score first; equal scores keep their input order. */
export function rankLabels(
  scoreS: ArrayLike<number>,
  labelS: ArrayLike<number>,
  start: number,
  end: number,
): Uint8Array {
  const scoresK = Float64Array.from({ length: end - start }, (_, k) => scoreS[start + k]);
  return Uint8Array.from(orderByScore(scoresK), (k) => labelS[start + k]);
}
