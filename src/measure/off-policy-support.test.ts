import { expect, it } from 'vitest';
import type { LoggedChoice } from './off-policy.ts';
import { offPolicySupport, supportDoubt } from './off-policy-support.ts';

const list = (agreesK: readonly number[], propensityK: readonly number[]): LoggedChoice => ({
  ...{ clicksK: agreesK.map(() => 0), agreesK, propensityK, placePropensityK: propensityK },
});

it('counts lists of equal weight one each, and less where weights differ', () => {
  const alike = offPolicySupport([list([1, 1], [0.5, 0.5]), list([1, 1], [0.5, 0.5]), list([1, 0], [0.5, 0.5])]);
  expect(alike.agreeing).toBe(2);
  expect(alike.effective.SIPS).toBeCloseTo(2, 12);
  // At the first place three agree, at the second two.
  expect(alike.effective.IIPS).toBeCloseTo(2, 12);
  const { effective } = offPolicySupport([list([1], [0.5]), list([1], [0.1])]);
  expect(effective.CDR).toBeCloseTo(12 ** 2 / (2 ** 2 + 10 ** 2), 12);
});

it('is 0 without any that agrees', () => {
  expect(offPolicySupport([list([0], [0.5])])).toMatchObject({ agreeing: 0, effective: { SIPS: 0, IIPS: 0 } });
});

it('says in words where lists are too few', () => {
  expect(supportDoubt(0)).toMatch(/^no list agrees: nothing is told/);
  expect([supportDoubt(12.34), supportDoubt(20), supportDoubt(40), supportDoubt(Number.NaN)]).toEqual([
    'only 12.3 effective lists agree: no interval is told, as it would not hold; explore more, or wait for more lists',
    undefined,
    undefined,
    undefined,
  ]);
});
