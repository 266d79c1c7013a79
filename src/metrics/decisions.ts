/** Legend: S slots, U users. */
import type { Confusion } from './confusion.ts';
import { type ScoredPart, usersOfSlots } from './scored-part.ts';

/** How each user's items were decided at the threshold: one count a user and kind. */
export type DecisionsOfUsers = Readonly<Record<keyof Confusion, Float64Array>>;

/** Every count is NaN without a threshold: nothing was decided, which is not to decide against every item. */
export function decisionsOfUsers(part: ScoredPart): DecisionsOfUsers {
  const { valueS, labelS, threshold, users } = part;
  const column = (): Float64Array => new Float64Array(users).fill(Number.isNaN(threshold) ? Number.NaN : 0);
  const [truePositives, falsePositives, falseNegatives, trueNegatives] = [column(), column(), column(), column()];
  usersOfSlots(part).forEach((user, slot) => {
    if (valueS[slot] >= threshold) (labelS[slot] === 1 ? truePositives : falsePositives)[user]++;
    else (labelS[slot] === 1 ? falseNegatives : trueNegatives)[user]++;
  });
  return { truePositives, falsePositives, falseNegatives, trueNegatives };
}

export function weightedConfusion(decisions: DecisionsOfUsers, weightU: Int32Array): Confusion {
  const total = (countU: Float64Array): number => {
    let sum = 0;
    for (let user = 0; user < weightU.length; user++) if (weightU[user] !== 0) sum += weightU[user] * countU[user];
    return sum;
  };
  return {
    truePositives: total(decisions.truePositives),
    falsePositives: total(decisions.falsePositives),
    falseNegatives: total(decisions.falseNegatives),
    trueNegatives: total(decisions.trueNegatives),
  };
}
