/** Legend: U users, C columns. */
import type { Confusion } from './confusion.ts';
import { type ScoredPart, usersOfSlots } from './scored-part.ts';
import { type UserTable, userTable } from './user-table.ts';

const COLUMN = { truePositives: 0, falsePositives: 1, falseNegatives: 2, trueNegatives: 3 } as const;
const COLUMNS = Object.keys(COLUMN).length;

/** How each user's items were decided at the threshold. Every count is NaN without one: nothing was decided, which is not to decide against every item. */
export function decisionsOfUsers(part: ScoredPart): UserTable {
  const { valueS, labelS, threshold, users } = part;
  const table = userTable(users, COLUMNS);
  const { valuesUC } = table;
  if (Number.isNaN(threshold)) valuesUC.fill(Number.NaN);
  usersOfSlots(part).forEach((user, slot) => {
    const [accepted, clicked] = [valueS[slot] >= threshold, labelS[slot] === 1];
    const column = accepted
      ? COLUMN[clicked ? 'truePositives' : 'falsePositives']
      : COLUMN[clicked ? 'falseNegatives' : 'trueNegatives'];
    valuesUC[user * COLUMNS + column]++;
  });
  return table;
}

/** Of the (weighted) sums of the columns. */
export const confusionOfSums = (sumC: Float64Array): Confusion => ({
  truePositives: sumC[COLUMN.truePositives],
  falsePositives: sumC[COLUMN.falsePositives],
  falseNegatives: sumC[COLUMN.falseNegatives],
  trueNegatives: sumC[COLUMN.trueNegatives],
});
