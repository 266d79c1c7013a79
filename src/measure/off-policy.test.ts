import { expect, it } from 'vitest';
import { createRng } from '../random/rng.ts';
import { type LoggedChoice, offPolicyEstimates } from './off-policy.ts';

it('two lists in plain numbers', () => {
  const lists: LoggedChoice[] = [
    { clicksK: [1, 0], agreesK: [1, 1], propensityK: [0.5, 0.25], placePropensityK: [0.5, 0.4] },
    { clicksK: [0, 1], agreesK: [1, 0], propensityK: [0.2, 0.5], placePropensityK: [0.2, 0.1] },
  ];
  const { SIPS, IIPS, RIPS, SNSIPS, SNIIPS, SNRIPS } = offPolicyEstimates(lists);
  // Slate weights 8 and 0; place weights (2, 2.5) and (5, 0); from the top (2, 8) and (5, 0).
  expect(SIPS).toBeCloseTo(8 / 2, 12);
  expect(IIPS).toBeCloseTo((2 + 0) / 2, 12);
  expect(RIPS).toBeCloseTo((2 + 0) / 2, 12);
  expect(SNSIPS).toBeCloseTo(8 / 8 + 0, 12);
  expect(SNIIPS).toBeCloseTo(2 / 7, 12);
  expect(SNRIPS).toBeCloseTo(2 / 7, 12);
});

it('corrects what a model expects where lists agree, and is the truth on average whatever it expects', () => {
  const expected = { withLoggedK: [0.9, 0.4], fromAboveK: [0.8, 0.5], asLogged: 1.2 };
  const lists: LoggedChoice[] = [
    { clicksK: [1, 0], agreesK: [1, 1], propensityK: [0.5, 0.25], expected },
    { clicksK: [0, 1], agreesK: [0, 1], propensityK: [0.2, 0.5], expected },
  ];
  const first = 0.8 + 2 * (1 - 0.9) + 2 * 0.5 + 8 * (0 - 0.4);
  expect(offPolicyEstimates(lists).CDR).toBeCloseTo((first + 0.8) / 2, 12);
  // Of the slate as a whole: what is expected of its own, and eight times what came otherwise.
  expect(offPolicyEstimates(lists).DR).toBeCloseTo((0.8 + 8 * (1 - 1.2) + 0.8) / 2, 12);
  const { expected: _, ...without } = lists[1];
  expect(offPolicyEstimates([lists[0], without]).CDR).toBeNaN();

  const rng = createRng(6);
  const wrong = { withLoggedK: [1.9, 0.2, 0.1], fromAboveK: [1.9, 0.2, 0.1], asLogged: 1.9 };
  const many = Array.from({ length: 40_000 }, () => ({ ...drawn(rng.next), expected: wrong }));
  const truth = [0, 1, 2].reduce((sum, item) => sum + rate([0, 1, 2], item, item), 0);
  for (const id of ['CDR', 'DR'] as const) expect(Math.abs(offPolicyEstimates(many)[id] - truth)).toBeLessThan(0.06);
});

it('a resample that repeats lists is the log with its lists repeated', () => {
  const rng = createRng(4);
  const lists = Array.from({ length: 60 }, () => drawn(rng.next));
  const counts = lists.map((_, l) => l % 3);
  const repeated = lists.flatMap((list, l) => Array.from({ length: counts[l] }, () => list));
  const [weighted, plain] = [offPolicyEstimates(lists, counts), offPolicyEstimates(repeated)];
  for (const name of ['SIPS', 'IIPS', 'RIPS', 'SNRIPS'] as const) expect(weighted[name]).toBeCloseTo(plain[name], 10);
});

it('a list without a place has no clicks there, plain or self-normalised', () => {
  const list = (K: number): LoggedChoice => ({
    clicksK: new Array(K).fill(1),
    agreesK: new Array(K).fill(1),
    propensityK: new Array(K).fill(1),
    placePropensityK: new Array(K).fill(1),
  });
  const { CDR, DR, ...known } = offPolicyEstimates([list(2), list(1)]);
  for (const value of Object.values(known)) expect(value).toBeCloseTo(1.5, 12);
  expect([CDR, DR]).toEqual([Number.NaN, Number.NaN]);
});

it('without a match the self-normalised estimates are unknown, without place propensities those by place', () => {
  const none = offPolicyEstimates([{ clicksK: [1], agreesK: [0], propensityK: [0.5] }]);
  expect(none.SIPS).toBe(0);
  expect(none.SNSIPS).toBeNaN();
  expect(none.IIPS).toBeNaN();
});

/** A shuffled list of three, clicked by what stands there and above; the generator always shows 0, 1, 2. */
function drawn(next: () => number): LoggedChoice {
  const order = [0, 1, 2];
  for (let last = 2; last > 0; last--) {
    const pick = Math.floor(next() * (last + 1));
    [order[last], order[pick]] = [order[pick], order[last]];
  }
  const clicksK = order.map((item, k) => (next() < rate(order, item, k) ? 1 : 0));
  const agreesK = order.map((item, k) => (item === k ? 1 : 0));
  return { clicksK, agreesK, propensityK: [1 / 3, 1 / 2, 1], placePropensityK: [1 / 3, 1 / 3, 1 / 3] };
}

/** Item 1 is liked more below item 0: what stands above matters, what stands below does not. */
const rate = (order: readonly number[], item: number, k: number): number =>
  0.2 + 0.1 * item + (item === 1 && order.indexOf(0) < k ? 0.3 : 0);

it('on a log with uniform propensities RIPS and SIPS find the truth, IIPS misses what depends on the items above', () => {
  const rng = createRng(5);
  const lists = Array.from({ length: 40_000 }, () => drawn(rng.next));
  const truth = [0, 1, 2].reduce((sum, item) => sum + rate([0, 1, 2], item, item), 0);
  const { SIPS, RIPS, SNSIPS, SNRIPS, IIPS } = offPolicyEstimates(lists);
  for (const estimate of [SIPS, RIPS, SNSIPS, SNRIPS]) expect(Math.abs(estimate - truth)).toBeLessThan(0.06);
  // By place, item 1 in the middle has item 0 above it half the time only.
  expect(Math.abs(IIPS - (truth - 0.15))).toBeLessThan(0.05);
});
