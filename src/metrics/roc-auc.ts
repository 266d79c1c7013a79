/** Legend: S slots. */
import { type SortedLabels, sortLabels, type UnitWeights } from './sorted-labels.ts';

/**
 * Area under the ROC curve: the probability that a random clicked item scores above a random one that was not clicked, ties counted
 * one half. Any monotone score will do. NaN unless both classes are there.
 */
export function rocAuc(scoreS: ArrayLike<number>, labelS: ArrayLike<number>): number {
  return rocAucOfSorted(sortLabels(scoreS, labelS));
}

/**
 * The same of labels sorted before, optionally of a resample: exactly the area of a data set in which each unit stands as often as its
 * weight says (every count is an integer or a half, so nothing is rounded before the one division).
 */
export function rocAucOfSorted(sorted: SortedLabels, units?: UnitWeights): number {
  const { labelS, endsTieS } = sorted;
  let above = 0;
  let absent = 0;
  let tiedClicks = 0;
  let tiedOthers = 0;
  let wins = 0;
  for (let place = 0; place < labelS.length; place++) {
    const weight = units === undefined ? 1 : units.weightU[units.unitS[place]];
    if (labelS[place] === 1) tiedClicks += weight;
    else tiedOthers += weight;
    if (endsTieS[place] === 1) {
      wins += tiedOthers * (above + tiedClicks / 2);
      above += tiedClicks;
      absent += tiedOthers;
      tiedClicks = 0;
      tiedOthers = 0;
    }
  }
  return above === 0 || absent === 0 ? Number.NaN : wins / (above * absent);
}
