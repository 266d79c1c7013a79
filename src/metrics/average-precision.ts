/** Legend: S slots, T steps. */
import { clickSteps, countSteps, type StepCounts } from './click-steps.ts';
import { type Metric, orNothing } from './metric.ts';
import { sortLabels } from './sorted-labels.ts';

/**
 * Area under the precision-recall curve as average precision: the sum over distinct scores, from the highest, of the gain in recall times the
 * precision there (the step function of scikit-learn's `average_precision_score`; nothing is interpolated). NaN without a click.
 */
export function averagePrecision(scoreS: ArrayLike<number>, labelS: ArrayLike<number>): number {
  return averagePrecisionOfSteps(countSteps(clickSteps(sortLabels(scoreS, labelS))));
}

/** The same of counted steps. */
export function averagePrecisionOfSteps({ plainT, tiedT, clicksT }: StepCounts): number {
  let clicks = 0;
  let shown = 0;
  let sum = 0;
  for (let t = 0; t < clicksT.length; t++) {
    clicks += clicksT[t];
    shown += plainT[t] + tiedT[t] + clicksT[t];
    if (clicksT[t] > 0) sum += clicksT[t] * (clicks / shown);
  }
  return clicks === 0 ? Number.NaN : sum / clicks;
}

export const prAucMetric: Metric = {
  kind: 'metric',
  name: 'prAuc',
  title: 'PR AUC',
  meaning: 'average precision over all items',
  group: 'clicks',
  higherIsBetter: true,
  range: [0, 1],
  toldIn: ['plots', 'headline'],
  ofSteps: (counts) => orNothing(averagePrecisionOfSteps(counts)),
};
