/** Legend: S slots. */
import { type SortedLabels, sortLabels, type UnitWeights } from './sorted-labels.ts';

/**
 * Area under the precision-recall curve as average precision: the sum over distinct scores, from the highest, of the gain in recall times the
 * precision there (the step function of scikit-learn's `average_precision_score`; nothing is interpolated). NaN without a click.
 */
export function averagePrecision(scoreS: ArrayLike<number>, labelS: ArrayLike<number>): number {
  return averagePrecisionOfSorted(sortLabels(scoreS, labelS));
}

/** The same of labels sorted before, optionally of a resample given as multiplicities of units. */
export function averagePrecisionOfSorted(sorted: SortedLabels, units?: UnitWeights): number {
  const { labelS, endsTieS } = sorted;
  let clicks = 0;
  let shown = 0;
  let tiedClicks = 0;
  let sum = 0;
  for (let place = 0; place < labelS.length; place++) {
    const weight = units === undefined ? 1 : units.weightU[units.unitS[place]];
    shown += weight;
    if (labelS[place] === 1) tiedClicks += weight;
    if (endsTieS[place] === 1 && tiedClicks > 0) {
      clicks += tiedClicks;
      sum += tiedClicks * (clicks / shown);
      tiedClicks = 0;
    }
  }
  return clicks === 0 ? Number.NaN : sum / clicks;
}
