import { type Metric, orNothing } from './metric.ts';

/** Size of the mean over lists of what was expected less what was found; NaN without lists. */
export function meanError(expectedB: ArrayLike<number>, foundB: ArrayLike<number>): number {
  let excess = 0;
  for (let b = 0; b < expectedB.length; b++) excess += expectedB[b] - foundB[b];
  return Math.abs(excess) / expectedB.length;
}

export const meanClicksErrorMetric: Metric = {
  kind: 'metric',
  name: 'meanClicksError',
  title: 'error of the mean number of clicks',
  head: 'mean clicks error',
  meaning: 'size of the mean over lists of expected less found clicks (no interval)',
  group: 'lists',
  higherIsBetter: false,
  range: [0, Infinity],
  toldIn: [],
  ofPart: ({ lists: { expectedClicksB, clicksB } }) => orNothing(meanError(expectedClicksB, clicksB)),
};
