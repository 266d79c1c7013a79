/** Legend: S slots. */
import { sortLabels } from './sorted-labels.ts';

export interface ThresholdChoice {
  /** Predict a click where the score is at least this; on the scale of the scores. */
  readonly threshold: number;
  /** F1 at it, on the data it was chosen on. */
  readonly f1: number;
}

/**
 * The threshold with the highest F1, to be chosen on validation data and then kept for the test part. It lies half-way between the lowest
 * score it accepts and the next lower one, so that rounding does not turn a prediction; of equal F1 values the highest threshold wins.
 * NaN for both without a click: nothing can be chosen.
 */
export function bestF1Threshold(scoreS: ArrayLike<number>, labelS: ArrayLike<number>): ThresholdChoice {
  const { orderS, labelS: sorted, endsTieS } = sortLabels(scoreS, labelS);
  let clicks = 0;
  for (const label of sorted) clicks += label;
  let best: ThresholdChoice = { threshold: Number.NaN, f1: Number.NaN };
  let truePositives = 0;
  for (let place = 0; place < sorted.length; place++) {
    truePositives += sorted[place];
    if (endsTieS[place] === 0 || truePositives === 0) continue;
    // 2 TP + FP + FN = predicted + clicks.
    const f1 = (2 * truePositives) / (place + 1 + clicks);
    if (!(f1 <= best.f1)) best = { threshold: between(scoreS, orderS, place), f1 };
  }
  return best;
}

function between(scoreS: ArrayLike<number>, orderS: Uint32Array, place: number): number {
  const accepted = scoreS[orderS[place]];
  if (place === orderS.length - 1) return accepted;
  const refused = scoreS[orderS[place + 1]];
  const middle = refused + (accepted - refused) / 2;
  return middle > refused && middle <= accepted ? middle : accepted;
}
