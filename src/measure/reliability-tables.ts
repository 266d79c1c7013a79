/** Do the clicks come that were predicted? Legend: N predictions. */
import { ratioError } from '../metrics/ratio-error.ts';
import { tQuantile } from './student-t.ts';

/** Numbers that were predicted, and those that came: of items, of whole lists. */
export interface JudgedNumbers {
  readonly of: Predicted;
  readonly predictedN: ArrayLike<number>;
  readonly foundN: ArrayLike<number>;
  /** Any whole number for each user; what is known of one user counts as one draw. */
  readonly userN: Int32Array;
}

/** What is predicted: the click on an item, or any click on a list, as a probability; the number of clicks on a list; what they are worth. */
export type Predicted = 'click' | 'any click' | 'clicks' | 'worth';

/** A way to put predictions into groups, such as the positions of a page. */
export interface GapGroups {
  /** What the groups are of: `position`, `item.category`, `probability`. */
  readonly by: string;
  readonly labels: readonly string[];
  /** Groups of prediction n: none, one, or several where a field has several values. */
  readonly groupsOf: (n: number) => readonly number[];
}

/** Predicted and found numbers of each group. Plain JSON. */
export interface ReliabilityTable {
  readonly of: Predicted;
  readonly by: string;
  readonly rows: readonly ReliabilityRow[];
  readonly error: SlicedError;
}

export interface ReliabilityRow {
  readonly label: string;
  readonly count: number;
  readonly users: number;
  /** Means of what was predicted, and of what came. */
  readonly predicted: number;
  readonly found: number;
  /** Predicted less found. */
  readonly gap: number;
  /** Of the gap, over users; those of one table hold together. Null with fewer than five users, who tell too little of others. */
  readonly interval: { readonly low: number; readonly high: number } | null;
}

/** How far predictions are from what came, over the groups of one table, each by its count. Chance alone makes the first two larger than 0. */
export interface SlicedError {
  /** Mean size of the gaps: with groups of equal probability the expected calibration error. */
  readonly meanSize: number;
  /** Root of the mean squared gap. */
  readonly rootMeanSquare: number;
  /** The same less what chance adds to the squares. */
  readonly debiased: number;
}

/**
 * One row for each group that has a prediction, in the order of the labels. The standard error of a gap, a ratio of sums, is over users, with Student's t; a table of R rows has
 * intervals of 1 - (1 - level) / R each (Bonferroni).
 */
export function reliabilityTable(
  judged: JudgedNumbers,
  { by, labels, groupsOf }: GapGroups,
  level: number = 0.95,
): ReliabilityTable {
  const { predictedN, foundN, userN } = judged;
  const groups = labels.map(() => ({ count: 0, predicted: 0, found: 0, ofUser: new Map<number, UserPart>() }));
  for (let n = 0; n < predictedN.length; n++) {
    for (const at of groupsOf(n)) {
      const group = groups[at];
      group.count++;
      group.predicted += predictedN[n];
      group.found += foundN[n];
      const user = userN[n];
      const part = group.ofUser.get(user) ?? { count: 0, excess: 0 };
      group.ofUser.set(user, { count: part.count + 1, excess: part.excess + predictedN[n] - foundN[n] });
    }
  }
  const filled = groups.flatMap((group, at) => (group.count > 0 ? [{ ...group, label: labels[at] }] : []));
  const eachLevel = 1 - (1 - level) / Math.max(1, filled.length);
  const measured = filled.map(({ label, count, predicted, found, ofUser }) => {
    const gap = (predicted - found) / count;
    const error = errorOfGap(ofUser, gap);
    const isFew = error === undefined || ofUser.size < FEWEST_USERS;
    const half = isFew ? undefined : tQuantile(eachLevel, ofUser.size - 1) * error;
    const interval = half === undefined ? null : { low: gap - half, high: gap + half };
    const row = { label, count, users: ofUser.size, predicted: predicted / count, found: found / count, gap, interval };
    return { row, error: error ?? 0 };
  });
  return { of: judged.of, by, rows: measured.map(({ row }) => row), error: slicedError(measured) };
}

/** With fewer, Student's t at the level of one of many rows is wider than any number that could be told. */
const FEWEST_USERS = 5;

interface UserPart {
  readonly count: number;
  /** Sum of predicted less found. */
  readonly excess: number;
}

/** Undefined with fewer than two users. */
function errorOfGap(ofUser: ReadonlyMap<number, UserPart>, gap: number): number | undefined {
  const parts = [...ofUser.values()];
  const sums = { sumU: parts.map(({ excess }) => excess), countU: parts.map(({ count }) => count) };
  return parts.length < 2 ? undefined : ratioError(gap, sums);
}

/**
 * Debiased as in Kumar, Liang & Ma 2019, definition 5.2: from each squared gap its variance is taken off, so that the mean square is right on average. There each item is a draw of its own;
 * here the variance is the one over users, which is the same where each item has a user of its own. Below 0 it is 0.
 */
function slicedError(
  groups: readonly { readonly row: Pick<ReliabilityRow, 'count' | 'gap'>; readonly error: number }[],
): SlicedError {
  const total = groups.reduce((sum, { row }) => sum + row.count, 0);
  const mean = (of: (gap: number, error: number) => number): number =>
    groups.reduce((sum, { row, error }) => sum + (row.count / total) * of(row.gap, error), 0);
  return {
    meanSize: mean((gap) => Math.abs(gap)),
    rootMeanSquare: Math.sqrt(mean((gap) => gap ** 2)),
    debiased: Math.sqrt(
      Math.max(
        0,
        mean((gap, error) => gap ** 2 - error ** 2),
      ),
    ),
  };
}
