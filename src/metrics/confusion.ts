/** Legend: S slots. */

/** How predictions at a threshold met the labels. The counts may be weighted sums. */
export interface Confusion {
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly falseNegatives: number;
  readonly trueNegatives: number;
}

const undecided: Confusion = {
  truePositives: Number.NaN,
  falsePositives: Number.NaN,
  falseNegatives: Number.NaN,
  trueNegatives: Number.NaN,
};

/**
 * A click is predicted where the score is at least the threshold; scores and threshold on the same scale, logits or probabilities. Of a threshold that is NaN, because none
 * could be chosen, every count is NaN: nothing was decided, which is not to decide against every item.
 */
export function confusionAt(scoreS: ArrayLike<number>, labelS: ArrayLike<number>, threshold: number): Confusion {
  if (Number.isNaN(threshold)) return undecided;
  let truePositives = 0;
  let falsePositives = 0;
  let falseNegatives = 0;
  let trueNegatives = 0;
  for (let i = 0; i < scoreS.length; i++) {
    if (scoreS[i] >= threshold) {
      if (labelS[i] === 1) truePositives++;
      else falsePositives++;
    } else if (labelS[i] === 1) falseNegatives++;
    else trueNegatives++;
  }
  return { truePositives, falsePositives, falseNegatives, trueNegatives };
}
