/** Legend: S slots. */

/** How predictions at a threshold met the labels. The counts may be weighted sums. */
export interface Confusion {
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly falseNegatives: number;
  readonly trueNegatives: number;
}

/** A click is predicted where the score is at least the threshold; scores and threshold on the same scale, logits or probabilities. */
export function confusionAt(scoreS: ArrayLike<number>, labelS: ArrayLike<number>, threshold: number): Confusion {
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
