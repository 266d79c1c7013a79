/** Legend: S slots, U users. */
import { type Metric, orNothing } from './metric.ts';
import { rocAuc } from './roc-auc.ts';
import { sortLabels } from './sorted-labels.ts';

export interface PerUserAuc {
  /** Mean over users with clicked and other items, each counted once; NaN when there is none. */
  readonly mean: number;
  /** The same, each user counted by the items shown to them (the "GAUC" of Zhu et al. 2017). */
  readonly weighted: number;
  readonly users: number;
  /** Users left out because everything they saw was clicked, or nothing. */
  readonly leftOut: number;
}

/** ROC AUC within each user, then averaged: how well a user's own items are told apart, whatever the users' click rates. */
export function perUserAuc(scoreS: ArrayLike<number>, labelS: ArrayLike<number>, userS: ArrayLike<number>): PerUserAuc {
  const { aucU, shownU } = aucOfEachUser(scoreS, labelS, userS);
  let sum = 0;
  let weightedSum = 0;
  let shown = 0;
  let users = 0;
  let leftOut = 0;
  for (let u = 0; u < aucU.length; u++) {
    if (shownU[u] === 0) continue;
    if (Number.isNaN(aucU[u])) {
      leftOut++;
      continue;
    }
    users++;
    sum += aucU[u];
    weightedSum += aucU[u] * shownU[u];
    shown += shownU[u];
  }
  return { mean: sum / users, weighted: weightedSum / shown, users, leftOut };
}

export interface UserAucs {
  /** NaN for a user without both classes. */
  readonly aucU: Float64Array;
  /** Items shown to the user; 0 for an index that never occurs. */
  readonly shownU: Int32Array;
}

/** `userS` holds a small non-negative integer per slot; the result has one row for each up to the largest. One sort for all users together. */
export function aucOfEachUser(
  scoreS: ArrayLike<number>,
  labelS: ArrayLike<number>,
  userS: ArrayLike<number>,
): UserAucs {
  const { orderS, labelS: sorted, endsTieS } = sortLabels(scoreS, labelS);
  let U = 0;
  for (let i = 0; i < userS.length; i++) U = Math.max(U, userS[i] + 1);
  const above = new Float64Array(U);
  const absent = new Float64Array(U);
  const tiedClicks = new Float64Array(U);
  const tiedOthers = new Float64Array(U);
  const wins = new Float64Array(U);
  let tieStart = 0;
  for (let place = 0; place < sorted.length; place++) {
    const user = userS[orderS[place]];
    if (sorted[place] === 1) tiedClicks[user]++;
    else tiedOthers[user]++;
    if (endsTieS[place] === 0) continue;
    for (; tieStart <= place; tieStart++) {
      const tied = userS[orderS[tieStart]];
      wins[tied] += tiedOthers[tied] * (above[tied] + tiedClicks[tied] / 2);
      above[tied] += tiedClicks[tied];
      absent[tied] += tiedOthers[tied];
      tiedClicks[tied] = 0;
      tiedOthers[tied] = 0;
    }
  }
  return {
    aucU: wins.map((won, u) => (above[u] === 0 || absent[u] === 0 ? Number.NaN : won / (above[u] * absent[u]))),
    shownU: Int32Array.from(above, (clicks, u) => clicks + absent[u]),
  };
}

export const perUserAucMetric: Metric = {
  kind: 'metric',
  name: 'perUserAuc',
  title: 'AUC per user',
  leavesOut: 'users with one class',
  meaning: 'ROC AUC within each user, mean over users with both classes',
  group: 'probabilities',
  higherIsBetter: true,
  range: [0, 1],
  toldIn: ['headline'],
  ofUser: ({ valueS, labelS }) => orNothing(rocAuc(valueS, labelS)),
};
