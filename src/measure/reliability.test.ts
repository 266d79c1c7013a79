import { describe, expect, it } from 'vitest';
import { numberUsers } from '../metrics/number-users.ts';
import { createRng } from '../random/rng.ts';
import type { Predictions, ShownLists } from './predictions.ts';
import { reliability, wilson } from './reliability.ts';

/** `users` users with `each` items of one list; `shift` of a user's logit that no prediction knows. */
function drawn({ users, each, shift, seed }: { users: number; each: number; shift: number; seed: string }) {
  const rng = createRng(seed);
  const said: number[] = [];
  const labels: number[] = [];
  for (let u = 0; u < users; u++) {
    const own = shift * rng.normal();
    for (let k = 0; k < each; k++) {
      said.push(0.3);
      labels.push(rng.next() < 1 / (1 + Math.exp(-(Math.log(0.3 / 0.7) + own))) ? 1 : 0);
    }
  }
  const lists: ShownLists = {
    offsets: Int32Array.from({ length: users + 1 }, (_, b) => b * each),
    labelS: Uint8Array.from(labels),
    userB: Int32Array.from({ length: users }, (_, b) => b),
  };
  const predictions: Predictions = {
    recipe: 'a',
    seed: 1,
    scale: 'probability',
    valueS: Float64Array.from(said),
    threshold: 0.5,
  };
  return { lists, predictions };
}

describe('reliability', () => {
  it('has the mean said and the share clicked of each group of equal size', () => {
    const valueS = Float64Array.from({ length: 100 }, (_, slot) => slot / 100);
    const labelS = Uint8Array.from({ length: 100 }, (_, slot) => Number(slot % 10 >= 5));
    const lists = { offsets: Int32Array.of(0, 50, 100), labelS, userB: Int32Array.of(0, 1) };
    const { bins } = reliability(lists, numberUsers(lists.userB), [
      { recipe: 'a', seed: 1, scale: 'probability', valueS, threshold: 0.5 },
    ]);
    expect(bins).toHaveLength(10);
    for (const [at, { said, clicked, items }] of bins.entries()) {
      expect(said).toBeCloseTo(at / 10 + 0.045);
      expect(clicked).toBe(0.5);
      expect(items).toBe(10);
    }
  });

  it('counts an item once, however many seeds there are', () => {
    const { lists, predictions } = drawn({ users: 50, each: 4, shift: 0, seed: 'seeds' });
    const users = numberUsers(lists.userB);
    const [one] = reliability(lists, users, [predictions]).bins;
    const [three] = reliability(
      lists,
      users,
      [1, 2, 3].map((seed) => ({ ...predictions, seed })),
    ).bins;
    expect(three).toEqual({ ...one, said: expect.closeTo(one.said, 12) });
  });

  it('covers the rate of 95 of 100 logs whose users differ, where items taken one by one would cover far fewer', () => {
    // The users' own shift moves the mean rate: it is what many such users have.
    const truth =
      drawn({ users: 40_000, each: 1, shift: 1, seed: 'truth' }).lists.labelS.reduce((sum, y) => sum + y, 0) / 40_000;
    let [covered, naive] = [0, 0];
    const logs = 300;
    for (let log = 0; log < logs; log++) {
      const { lists, predictions } = drawn({ users: 60, each: 20, shift: 1, seed: `log ${log}` });
      const [{ low, high, clicked, items }] = reliability(lists, numberUsers(lists.userB), [predictions]).bins;
      covered += Number(low <= truth && truth <= high);
      const plain = wilson(clicked, items);
      naive += Number(plain.low <= truth && truth <= plain.high);
    }
    expect(covered / logs).toBeGreaterThan(0.91);
    expect(covered / logs).toBeLessThan(0.985);
    expect(naive / logs).toBeLessThan(0.75);
  });

  it('has a width where nothing was clicked', () => {
    expect(wilson(0, 100)).toEqual({ low: 0, high: expect.closeTo(0.037, 3) });
  });
});
