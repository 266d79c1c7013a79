/** Who clicks, what comes again, and what it gives away. */

import { drawUsers, percentileInterval } from '../../measure/bootstrap.ts';
import type { Figure, LabelBalance, Repeats, ShownBefore } from '../../measure/diagnosis-report.ts';
import { sum } from '../../metrics/mean.ts';
import { rocAuc } from '../../metrics/roc-auc.ts';
import { createRng } from '../../random/rng.ts';
import type { ShownSlots } from './columns.ts';

/** Lists from which on a user's clicks say something of the user. */
const LISTS_OF_USER = 3;

interface UserCounts {
  lists: number;
  shown: number;
  clicks: number;
}

export function labelBalance(slots: ShownSlots): LabelBalance {
  const { labelS, offsets } = slots;
  const clicksB = Array.from(slots.lists, (_, b) => sum(labelS.subarray(offsets[b], offsets[b + 1])));
  const clickRate = sum(labelS) / labelS.length;
  const users = [...countsByUser(slots).values()].filter(({ lists }) => lists >= LISTS_OF_USER);
  return {
    clickRate,
    listsWithoutClick: clicksB.filter((clicks) => clicks === 0).length,
    listsAllClicked: clicksB.filter((clicks, b) => clicks > 0 && clicks === offsets[b + 1] - offsets[b]).length,
    usersOfNone: users.filter(({ clicks }) => clicks === 0).length,
    usersOfAll: users.filter(({ clicks, shown }) => clicks === shown).length,
    usersOfNoneByChance: users.reduce((sum, { shown }) => sum + (1 - clickRate) ** shown, 0),
    usersOfThree: users.length,
  };
}

/** Lists of users with enough of them who clicked everything or nothing. */
export function allOrNothing(slots: ShownSlots): (list: number) => boolean {
  const counts = countsByUser(slots);
  return (list) => {
    const { lists = 0, clicks = 0, shown = 0 } = counts.get(slots.userB[list]) ?? {};
    return lists >= LISTS_OF_USER && (clicks === 0 || clicks === shown);
  };
}

function countsByUser({ userB, offsets, labelS }: ShownSlots): ReadonlyMap<number, UserCounts> {
  const counts = new Map<number, UserCounts>();
  for (let b = 0; b < userB.length; b++) {
    const count = counts.get(userB[b]) ?? { lists: 0, shown: 0, clicks: 0 };
    count.lists++;
    count.shown += offsets[b + 1] - offsets[b];
    count.clicks += sum(labelS.subarray(offsets[b], offsets[b + 1]));
    counts.set(userB[b], count);
  }
  return counts;
}

/** Whether each training list shows its user a set of items that an earlier one has shown. */
export function isRepeated(train: ShownSlots): readonly boolean[] {
  const seen = new Set<string>();
  return setsOf(train).map((set) => {
    const again = seen.has(set);
    seen.add(set);
    return again;
  });
}

export function repeats(train: ShownSlots, validation: ShownSlots): Repeats {
  const again = isRepeated(train);
  const seen = new Set(setsOf(train));
  return {
    share: again.filter(Boolean).length / Math.max(1, again.length),
    acrossParts: setsOf(validation).filter((set) => seen.has(set)).length / Math.max(1, validation.lists.length),
  };
}

const setsOf = ({ userB, offsets, itemS }: ShownSlots): readonly string[] =>
  Array.from(
    userB,
    (user, b) =>
      `${user}:${itemS
        .slice(offsets[b], offsets[b + 1])
        .sort()
        .join()}`,
  );

/** The rule "shown before and not clicked" asked of validation items: what it says of their clicks. `before`: earlier lists, in the order of time. */
export function shownBefore(before: ShownSlots, validation: ShownSlots): ShownBefore {
  const passed = new Map<number, Set<number>>();
  const learn = (slots: ShownSlots, b: number): void => {
    const own = passed.get(slots.userB[b]) ?? new Set();
    passed.set(slots.userB[b], own);
    for (let slot = slots.offsets[b]; slot < slots.offsets[b + 1]; slot++) {
      if (slots.labelS[slot] === 0) own.add(slots.itemS[slot]);
      else own.delete(slots.itemS[slot]);
    }
  };
  for (let b = 0; b < before.lists.length; b++) learn(before, b);
  const ruleS = new Uint8Array(validation.labelS.length);
  for (let b = 0; b < validation.lists.length; b++) {
    const own = passed.get(validation.userB[b]);
    for (let slot = validation.offsets[b]; slot < validation.offsets[b + 1]; slot++)
      ruleS[slot] = Number(own?.has(validation.itemS[slot]) ?? false);
    learn(validation, b);
  }
  const rate = (rule: number): number => {
    let [shown, clicks] = [0, 0];
    for (let slot = 0; slot < ruleS.length; slot++) {
      if (ruleS[slot] !== rule) continue;
      shown++;
      clicks += validation.labelS[slot];
    }
    return clicks / shown;
  };
  const auc = rocAuc(
    ruleS.map((rule) => 1 - rule),
    validation.labelS,
  );
  return {
    share: sum(ruleS) / Math.max(1, ruleS.length),
    ...{ clickRate: rate(1), otherClickRate: rate(0) },
    // Where the rule gives clicks away, it does so in either direction.
    auc: Math.max(auc, 1 - auc),
  };
}

const RESAMPLES = 400;

/** Click rate of the validation part less that of the training part, with an interval over the users of each. */
export function clickRateDrift(train: ShownSlots, validation: ShownSlots): Figure {
  const rng = createRng('click rate');
  const [before, after] = [train, validation].map((part) => {
    const users = [...countsByUser(part).values()];
    const rate = (weightU: ArrayLike<number>): number => {
      let [clicks, shown] = [0, 0];
      for (const [user, count] of users.entries()) {
        clicks += weightU[user] * count.clicks;
        shown += weightU[user] * count.shown;
      }
      return clicks / shown;
    };
    return { rate: rate(new Int32Array(users.length).fill(1)), resample: () => rate(drawUsers(rng, users.length)) };
  });
  const drawn = Float64Array.from({ length: RESAMPLES }, () => after.resample() - before.resample());
  const interval = percentileInterval(drawn, 0.95);
  return { estimate: after.rate - before.rate, low: interval?.low ?? Number.NaN, high: interval?.high ?? Number.NaN };
}
