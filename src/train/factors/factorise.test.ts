/** Legend: I items, E factors. */
import { Matrix, solve } from 'ml-matrix';
import { expect, it } from 'vitest';
import { createRng } from '../../random/rng.ts';
import { type Factorisation, factorise, solveUser } from './factorise.ts';
import type { UserObservations } from './observations.ts';

const config = { userRidge: 0.5, levelRidge: 2, itemRidge: 3, rateWeight: 4, sweeps: 5 };
const [items, E] = [7, 2];

/** Item 6 is shown to nobody. */
function drawUsers(count: number): readonly UserObservations[] {
  const rng = createRng('users');
  return Array.from({ length: count }, (_, user) => {
    const likesEven = user % 2;
    const seen = rng.shuffle([0, 1, 2, 3, 4, 5]).slice(0, 4);
    return {
      user,
      itemN: Int32Array.from(seen),
      clickedN: Uint8Array.from(seen, (item) => Number(rng.next() < (item % 2 === likesEven ? 0.2 : 0.7))),
    };
  });
}

const users = drawUsers(60);
const fitted = (changes: Partial<typeof config> = {}, seed = 1): Factorisation =>
  factorise(users, {
    config: { ...config, ...changes },
    ...{ items, factors: E, baseRate: 0.4, rng: createRng(seed) },
  });
const dense = { config, E };

it('solves a user as the dense normal equations do', () => {
  const model = fitted();
  for (const user of users.slice(0, 5)) {
    const rows = [...user.itemN].map((item) => [...model.factorsIE.subarray(item * E, (item + 1) * E), 1]);
    const rates = [...user.itemN].map((item) => model.rateI[item]);
    const X = new Matrix(rows);
    const W = Matrix.diag(rates.map((r) => r * (1 - r)));
    // The working response of the logistic likelihood at the rate.
    const z = Matrix.columnVector(rates.map((r, n) => (user.clickedN[n] - r) / (r * (1 - r))));
    const ridge = Matrix.diag([0.5, 0.5, 2]);
    const expected = solve(X.transpose().mmul(W).mmul(X).add(ridge), X.transpose().mmul(W).mmul(z)).to1DArray();
    const found = solveUser(user, model, dense);
    for (const [c, value] of expected.entries()) expect(found[c]).toBeCloseTo(value, 10);
  }
});

/** The penalised loss that the sweeps lower, users at their best for these factors. */
function lossOf(model: Factorisation): number {
  const ofUsers = users.reduce((sum, user) => {
    const taste = solveUser(user, model, dense);
    const penalty = 0.5 * (taste[0] ** 2 + taste[1] ** 2) + 2 * taste[2] ** 2;
    return [...user.itemN].reduce((total, item, n) => {
      const [r, q] = [model.rateI[item], model.factorsIE.subarray(item * E, (item + 1) * E)];
      const w = r * (1 - r);
      return total + w * ((user.clickedN[n] - r) / w - q[0] * taste[0] - q[1] * taste[1] - taste[2]) ** 2;
    }, sum + penalty);
  }, 0);
  return ofUsers + 3 * model.factorsIE.reduce((sum, q) => sum + q * q, 0);
}

it('every sweep lowers the loss, to where no change of a factor lowers it', () => {
  const losses = [1, 2, 4, 8, 16].map((sweeps) => lossOf(fitted({ sweeps })));
  for (const [at, loss] of losses.slice(1).entries()) expect(loss).toBeLessThan(losses[at]);
  const model = fitted({ sweeps: 1000 });
  for (let at = 0; at < 6 * E; at++) {
    const moved = (by: number): number =>
      lossOf({ ...model, factorsIE: model.factorsIE.map((q, i) => (i === at ? q + by : q)) });
    expect((moved(1e-4) - moved(-1e-4)) / 2e-4).toBeCloseTo(0, 4);
  }
});

it('finds who likes what', () => {
  const { rateI, factorsIE } = fitted({ itemRidge: 0.5, sweeps: 20 });
  const taste = solveUser({ itemN: Int32Array.of(0, 1), clickedN: Uint8Array.of(1, 0) }, { rateI, factorsIE }, dense);
  const scoreOf = (item: number): number => factorsIE[item * E] * taste[0] + factorsIE[item * E + 1] * taste[1];
  for (const [even, odd] of [
    [2, 3],
    [4, 5],
  ])
    expect(scoreOf(even)).toBeGreaterThan(scoreOf(odd));
});

it('an item that was never shown has the base rate and no factors; a user without history has no taste', () => {
  const model = fitted();
  expect(model.rateI[6]).toBeCloseTo(0.4, 12);
  expect([...model.factorsIE.subarray(6 * E)].map(Math.abs)).toEqual([0, 0]);
  const nobody = { itemN: new Int32Array(0), clickedN: new Uint8Array(0) };
  expect([...solveUser(nobody, model, dense)].map(Math.abs)).toEqual([0, 0, 0]);
  const none = factorise([], { config, items: 2, factors: E, baseRate: 0.1, rng: createRng(1) });
  expect(none.rateI[0]).toBeCloseTo(0.1, 12);
});

it('the same seed gives the same factors', () => {
  expect(fitted()).toEqual(fitted());
  expect(fitted({}, 2).factorsIE).not.toEqual(fitted().factorsIE);
});
