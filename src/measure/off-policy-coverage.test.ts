import { expect, it } from 'vitest';
import { createRng } from '../random/rng.ts';
import { type LoggedChoice, offPolicyNames } from './off-policy.ts';
import { offPolicyRow } from './off-policy-row.ts';

const [LOGS, USERS, EACH] = [300, 40, 3];

/** Lists of two, shown in either order with the same chance, by users of whom some click more; the generator always shows item 0 above item 1. Clicks depend on the item and its place alone. */
function log(seed: string): { lists: readonly LoggedChoice[]; userL: Int32Array } {
  const rng = createRng(seed);
  const userL = Int32Array.from({ length: USERS * EACH }, (_, l) => Math.floor(l / EACH));
  const leaningU = Array.from({ length: USERS }, () => 0.3 * (rng.next() - 0.5));
  const lists = Array.from(userL, (user): LoggedChoice => {
    const first = rng.integer(2);
    const agrees = Number(first === 0);
    const clicksK = [first, 1 - first].map((item, k) => Number(rng.next() < rate(item, k) + leaningU[user]));
    return { clicksK, agreesK: [agrees, agrees], propensityK: [0.5, 1], placePropensityK: [0.5, 0.5], expected };
  });
  return { lists, userL };
}

/** A model that knows nothing but the sum: too little of it above, too much below. */
const expected = { withLoggedK: [0.7, 0.5], fromAboveK: [0.7, 0.5], asLogged: 0.7 };

const rate = (item: number, place: number): number => 0.5 - 0.1 * item - 0.15 * place;

it.each(offPolicyNames)('%s: about 95 of 100 intervals hold the truth', (name) => {
  const truth = rate(0, 0) + rate(1, 1);
  const held = intervals().filter((each) => each[name] && each[name].low <= truth && truth <= each[name].high).length;
  // The deviation of a share of 95 % over 300 logs is 1.3 points.
  expect(held / LOGS).toBeGreaterThan(0.91);
  expect(held / LOGS).toBeLessThan(0.985);
});

/** Once for all. */
let told: ReturnType<typeof offPolicyRow>['intervals'][] | undefined;
function intervals(): ReturnType<typeof offPolicyRow>['intervals'][] {
  told ??= Array.from({ length: LOGS }, (_, n) => {
    const { lists, userL } = log(`log ${n}`);
    return offPolicyRow('fixed', lists, { userL, resamples: 100, level: 0.95, seed: n, assume: 'independent' })
      .intervals;
  });
  return told;
}
