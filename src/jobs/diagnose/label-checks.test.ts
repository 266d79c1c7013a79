import { describe, expect, it } from 'vitest';
import { createRng, type Rng } from '../../random/rng.ts';
import type { ShownSlots } from './columns.ts';
import { allOrNothing, clickRateDrift, isRepeated, labelBalance, repeats, shownBefore } from './label-checks.ts';

/** Lists written as user and items; capitals are clicked: `1:aBc`. */
function slots(...lists: string[]): ShownSlots {
  const items = lists.map((list) => [...list.split(':')[1]]);
  const offsets = new Int32Array(items.length + 1);
  for (const [b, list] of items.entries()) offsets[b + 1] = offsets[b] + list.length;
  const letters = items.flat();
  const zeros = new Int32Array(letters.length);
  return {
    ...{ lists: Int32Array.from(lists.keys()), offsets, positionS: zeros, placeS: zeros },
    itemRateS: new Float32Array(letters.length),
    labelS: Uint8Array.from(letters, (letter) => Number(letter !== letter.toLowerCase())),
    userB: Int32Array.from(lists, (list) => Number(list.split(':')[0])),
    listS: Int32Array.from(items.flatMap((list, b) => list.map(() => b))),
    itemS: Int32Array.from(letters, (letter) => letter.toLowerCase().charCodeAt(0)),
  };
}

describe('labels', () => {
  it('are counted by list and by user, beside what chance alone gives', () => {
    const shown = slots('1:ab', '1:ab', '1:cd', '2:AB', '2:CD', '2:A', '3:Ab', '3:ab');
    const balance = labelBalance(shown);
    expect(balance).toMatchObject({
      ...{ clickRate: 6 / 15, listsWithoutClick: 4, listsAllClicked: 3 },
      ...{ usersOfNone: 1, usersOfAll: 1, usersOfThree: 2 },
    });
    expect(balance.usersOfNoneByChance).toBeCloseTo(0.6 ** 6 + 0.6 ** 5, 12);
    expect([0, 1, 2, 3, 4, 5, 6, 7].map(allOrNothing(shown))).toEqual([
      ...[true, true, true, true, true, true, false, false],
    ]);
  });

  it('move between the parts by so much, give or take who was drawn', () => {
    const before = slots(...Array.from({ length: 40 }, (_, user) => `${user}:${user % 4 === 0 ? 'Ab' : 'ab'}`));
    const after = slots(...Array.from({ length: 40 }, (_, user) => `${user}:${user % 2 === 0 ? 'Ab' : 'ab'}`));
    const { estimate, low, high } = clickRateDrift(before, after);
    expect(estimate).toBeCloseTo(0.25 - 0.125, 12);
    // Half the difference of two shares of 40 users: standard error near 0.052.
    expect(high - low).toBeGreaterThan(0.15);
    expect(high - low).toBeLessThan(0.26);
  });
});

describe('the drift of the click rate', () => {
  /** Users of a part, each with a click rate and a number of lists of its own. */
  function part(rng: Rng, users: number, meanLogit: number): ShownSlots {
    const lists = Array.from({ length: users }, (_, user) => {
      const rate = 1 / (1 + Math.exp(-meanLogit - rng.normal()));
      return Array.from({ length: 1 + Math.floor(6 * rng.next()) }, () => {
        const letters = [...'abcde'].map((letter) => (rng.next() < rate ? letter.toUpperCase() : letter));
        return `${user}:${letters.join('')}`;
      });
    });
    return slots(...lists.flat());
  }

  // The deviation of a share of 95 % over 200 logs is 1.5 points.
  it('is within its interval in about 95 of 100 logs', () => {
    const rng = createRng('drift of the click rate');
    const [before, after] = [-1, -0.7];
    const rate = ({ labelS }: ShownSlots): number => labelS.reduce((sum, label) => sum + label, 0) / labelS.length;
    const truth = rate(part(rng, 10_000, after)) - rate(part(rng, 10_000, before));
    let held = 0;
    for (let log = 0; log < 200; log++) {
      const { low, high } = clickRateDrift(part(rng, 150, before), part(rng, 60, after));
      if (low <= truth && truth <= high) held++;
    }
    expect(held / 2).toBeGreaterThanOrEqual(92);
    expect(held / 2).toBeLessThanOrEqual(98);
  });
});

describe('what comes again', () => {
  it('is a set of items that its user has seen, in any order', () => {
    const train = slots('1:abc', '2:abc', '1:CBA', '1:ab');
    expect(isRepeated(train)).toEqual([false, false, true, false]);
    expect(repeats(train, slots('1:bca', '2:ab'))).toEqual({ share: 1 / 4, acrossParts: 1 / 2 });
  });

  it('gives clicks away where what was passed over is never clicked', () => {
    const train = slots('1:abC', '1:dE');
    // Of user 1 a, b and d were passed over; nothing is known of user 2.
    const told = shownBefore(train, slots('1:abX', '1:dY', '2:aZ'));
    expect(told).toMatchObject({ share: 3 / 7, clickRate: 0, otherClickRate: 3 / 4 });
    // Pairs of a click and another item: 3 x 4; the rule tells 3 x 3, the item of user 2 is tied.
    expect(told.auc).toBeCloseTo((9 + 1.5) / 12, 12);
  });

  it('learns from validation lists as time goes on', () => {
    expect(shownBefore(slots('1:x'), slots('1:aB', '1:aC')).share).toBe(1 / 4);
  });
});
