/** Legend: B impressions, S slots, U users, C statistics. */
import { expectedCalibrationError } from '../metrics/calibration-error.ts';
import { type ClickSteps, type CountingRoom, clickSteps, countingRoom } from '../metrics/click-steps.ts';
import { hitOfSlate } from '../metrics/hit-rate.ts';
import { logLossOfLogit, logLossOfProbability } from '../metrics/log-loss.ts';
import { reciprocalRankOfSlate } from '../metrics/mrr.ts';
import { ndcgOfSlate } from '../metrics/ndcg.ts';
import { aucOfEachUser } from '../metrics/per-user-auc.ts';
import { recallOfSlate } from '../metrics/recall-at.ts';
import { sortLabels } from '../metrics/sorted-labels.ts';
import { rankSlate, type TiedRanking } from '../metrics/tied-ranking.ts';
import { checkPredictions, type Predictions, probabilitiesOf, type ShownLists } from './predictions.ts';

/** Columns of `UserStatistics.sumsUC`; sums over one user's slots or lists. */
export const COLUMN = {
  items: 0,
  logLoss: 1,
  squaredError: 2,
  truePositives: 3,
  falsePositives: 4,
  falseNegatives: 5,
  listsWithClick: 6,
  ndcgAt5: 7,
  ndcgAt10: 8,
  reciprocalRank: 9,
  hitAt1: 10,
  hitAt5: 11,
  recallAt5: 12,
  /** 1 where the user has both classes. */
  hasAuc: 13,
  auc: 14,
} as const;

export const COLUMNS: number = Object.keys(COLUMN).length;

/** All that the metrics of any resample of users need: sums for most, steps of the sorted labels for the two areas. */
export interface UserStatistics {
  readonly sumsUC: Float64Array;
  readonly steps: ClickSteps;
  /** The user of each entry of `steps.slotS`. */
  readonly stepUserS: Int32Array;
  /** Room for the counts of a resample, written anew by each. */
  readonly counts: CountingRoom;
  readonly calibrationError: number;
}

/** Users numbered 0..U-1 in the order of their first impression: `userB` with its gaps closed. */
export interface Users {
  readonly count: number;
  readonly indexB: Int32Array;
}

export function numberUsers(userB: Int32Array): Users {
  const numbers = new Map<number, number>();
  const indexB = userB.map((user) => {
    const known = numbers.get(user);
    if (known !== undefined) return known;
    numbers.set(user, numbers.size);
    return numbers.size - 1;
  });
  return { count: numbers.size, indexB };
}

export function userStatistics(lists: ShownLists, users: Users, predictions: Predictions): UserStatistics {
  checkPredictions(lists, predictions);
  const { offsets, labelS } = lists;
  const { valueS, threshold } = predictions;
  const orderS = predictions.orderS ?? valueS;
  const lossOf = predictions.scale === 'logit' ? logLossOfLogit : logLossOfProbability;
  const probabilityS = probabilitiesOf(predictions);
  const userS = new Int32Array(labelS.length);
  const sumsUC = new Float64Array(users.count * COLUMNS);
  for (let b = 0; b < users.indexB.length; b++) {
    const user = users.indexB[b];
    const row = user * COLUMNS;
    for (let slot = offsets[b]; slot < offsets[b + 1]; slot++) {
      const label = labelS[slot];
      userS[slot] = user;
      sumsUC[row + COLUMN.items]++;
      sumsUC[row + COLUMN.logLoss] += lossOf(valueS[slot], label);
      sumsUC[row + COLUMN.squaredError] += (probabilityS[slot] - label) ** 2;
      if (Number.isNaN(threshold)) continue;
      if (valueS[slot] >= threshold) sumsUC[row + (label === 1 ? COLUMN.truePositives : COLUMN.falsePositives)]++;
      else if (label === 1) sumsUC[row + COLUMN.falseNegatives]++;
    }
    const ranking = rankSlate(orderS, labelS, [offsets[b], offsets[b + 1]]);
    if (ranking.clicks > 0) addListWithClick(sumsUC, row, ranking);
  }
  if (Number.isNaN(threshold)) forgetDecisions(sumsUC);
  const { aucU } = aucOfEachUser(valueS, labelS, userS);
  aucU.forEach((auc, user) => {
    if (Number.isNaN(auc)) return;
    sumsUC[user * COLUMNS + COLUMN.hasAuc] = 1;
    sumsUC[user * COLUMNS + COLUMN.auc] = auc;
  });
  const steps = clickSteps(sortLabels(valueS, labelS));
  return {
    sumsUC,
    steps,
    stepUserS: Int32Array.from(steps.slotS, (slot) => userS[slot]),
    counts: countingRoom(steps),
    calibrationError: expectedCalibrationError(probabilityS, labelS),
  };
}

/** Without a threshold nothing was decided: its counts are not 0, and what is made of them is undefined. */
function forgetDecisions(sumsUC: Float64Array): void {
  for (let row = 0; row < sumsUC.length; row += COLUMNS) {
    for (const column of [COLUMN.truePositives, COLUMN.falsePositives, COLUMN.falseNegatives])
      sumsUC[row + column] = Number.NaN;
  }
}

function addListWithClick(sumsUC: Float64Array, row: number, ranking: TiedRanking): void {
  sumsUC[row + COLUMN.listsWithClick]++;
  sumsUC[row + COLUMN.ndcgAt5] += ndcgOfSlate(ranking, 5);
  sumsUC[row + COLUMN.ndcgAt10] += ndcgOfSlate(ranking, 10);
  sumsUC[row + COLUMN.reciprocalRank] += reciprocalRankOfSlate(ranking);
  sumsUC[row + COLUMN.hitAt1] += hitOfSlate(ranking, 1);
  sumsUC[row + COLUMN.hitAt5] += hitOfSlate(ranking, 5);
  sumsUC[row + COLUMN.recallAt5] += recallOfSlate(ranking, 5);
}
