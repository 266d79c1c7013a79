/** Legend: S slots, T steps. */
import { clickSteps, countSteps, type StepCounts } from './click-steps.ts';
import { type Metric, orNothing } from './metric.ts';
import { sortLabels } from './sorted-labels.ts';

/**
 * Area under the ROC curve: the probability that a random clicked item scores above a random one that was not clicked, ties counted
 * one half. Any monotone score will do. NaN unless both classes are there.
 */
export function rocAuc(scoreS: ArrayLike<number>, labelS: ArrayLike<number>): number {
  return rocAucOfSteps(countSteps(clickSteps(sortLabels(scoreS, labelS))));
}

/** The same of counted steps. Counts are integers, so every sum is exact and only the final division rounds. */
export function rocAucOfSteps({ plainT, tiedT, clicksT }: StepCounts): number {
  let clicks = 0;
  let others = 0;
  let wins = 0;
  for (let t = 0; t < clicksT.length; t++) {
    wins += plainT[t] * clicks + tiedT[t] * (clicks + clicksT[t] / 2);
    clicks += clicksT[t];
    others += plainT[t] + tiedT[t];
  }
  return clicks === 0 || others === 0 ? Number.NaN : wins / (clicks * others);
}

export const rocAucMetric: Metric = {
  kind: 'metric',
  name: 'rocAuc',
  title: 'ROC AUC',
  meaning: 'a clicked item scores above another one, over all items; ties count one half',
  group: 'clicks',
  higherIsBetter: true,
  range: [0, 1],
  toldIn: ['plots'],
  ofSteps: (counts) => orNothing(rocAucOfSteps(counts)),
};
