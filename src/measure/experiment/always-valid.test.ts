import { expect, it } from 'vitest';
import { createRng } from '../../random/rng.ts';
import { alwaysValidErrors, oneSidedErrors } from './always-valid.ts';

/** Share of samples whose mean of standard normals leaves 0 at any of the looks. */
function falseAlarms(errorsAt: (users: number) => number, isOneSided: boolean): number {
  const rng = createRng(3);
  const errorsN = Float64Array.from({ length: 2001 }, (_, users) => errorsAt(users));
  let alarms = 0;
  const samples = 300;
  for (let sample = 0; sample < samples; sample++) {
    let [total, hasLeft] = [0, false];
    for (let users = 1; users <= 2000; users++) {
      total += rng.normal();
      if (users < 100) continue;
      const z = total / Math.sqrt(users);
      hasLeft ||= (isOneSided ? z : Math.abs(z)) > errorsN[users];
    }
    alarms += Number(hasLeft);
  }
  return alarms / samples;
}

it('leaves the truth in no more samples than is promised, looked at after every user', () => {
  const options = { risk: 0.1, tightestAt: 500 };
  const both = falseAlarms((users) => alwaysValidErrors({ ...options, users }), false);
  const one = falseAlarms((users) => oneSidedErrors({ ...options, users }), true);
  const fixed = falseAlarms(() => 1.645, false);
  expect(both).toBeLessThan(0.1);
  expect(one).toBeLessThan(0.1);
  expect([both, one].every((share) => share > 0)).toBe(true);
  expect(fixed).toBeGreaterThan(0.3);
});

it('is narrowest beside one look at the number of users that was named', () => {
  const at = (users: number): number => alwaysValidErrors({ users, risk: 0.05, tightestAt: 5000 });
  expect(at(5000)).toBeCloseTo(3.035, 3);
  expect(Math.min(at(500), at(50_000))).toBeGreaterThan(at(5000));
  expect(oneSidedErrors({ users: 5000, risk: 0.05 })).toBeLessThan(at(5000));
});
