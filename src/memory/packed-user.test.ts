import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createUserPacker, unpackUser } from './packed-user.ts';
import { see, seenEntries } from './seen.ts';
import { createUserState, type UserState } from './state.ts';
import { tasteEntries, tasteStart } from './tastes.ts';

const double = fc.oneof(fc.constant(0), fc.constant(-0), fc.double({ noNaN: true }));
const whole = fc.oneof(
  fc.nat(300),
  fc
    .maxSafeInteger()
    .map(Math.abs)
    .map((value) => Math.floor(value / 8)),
);
const index = fc.oneof(fc.nat(200), fc.nat(2 ** 31 - 1));
const time = fc.oneof(fc.constant(1.7e12), fc.nat({ max: 7e12 }));

const someUser = fc.record({
  ...{
    counts: fc.tuple(whole, whole, whole, double, time, whole),
    leanings: fc.array(double, { minLength: 3, maxLength: 3 }),
  },
  tastes: fc.array(fc.tuple(index, whole, double, double, double), { maxLength: 80 }),
  seen: fc.array(fc.tuple(index, time, fc.boolean()), { maxLength: 60 }),
  recent: fc.array(index, { maxLength: 9 }),
});

function userOf({
  counts,
  leanings,
  tastes,
  seen,
  recent,
}: typeof someUser extends fc.Arbitrary<infer T> ? T : never): UserState {
  const user = createUserState('u', 3, 7);
  [user.impressions, user.exposures, user.clicks, user.expected, user.lastImpression, user.sessionImpressions] = counts;
  user.leanings.set(leanings);
  for (const [token, ...numbers] of tastes) setTaste(user, token, numbers);
  for (const [item, at, isClicked] of seen) {
    see(user.seen, item, { time: at, limit: 40 });
    if (isClicked) user.seen.clicked[0]++;
  }
  user.clicked.push(...recent);
  user.skipped.push(...recent.slice(3));
  return user;
}

function setTaste({ tastes }: UserState, token: number, numbers: readonly number[]): void {
  const start = tasteStart(tastes, token, 50);
  for (const [at, number] of numbers.entries()) tastes.values[start + at] = number;
}

/** Also tells -0 from 0. */
const plain = ({ tastes, seen, ...user }: UserState): unknown => ({
  ...user,
  tastes: tasteEntries(tastes),
  seen: seenEntries(seen),
});

it('a user comes back bit for bit', () => {
  const packer = createUserPacker();
  fc.assert(
    fc.property(someUser, (given) => {
      const user = userOf(given);
      const back = unpackUser(packer.pack(user).slice(), { id: 'u', life: 7, denseColumns: 3 });
      expect(plain(back)).toStrictEqual(plain(user));
    }),
    { numRuns: 300 },
  );
});

it('of a user who saw 200 items of 50 values, once each, less than 1.7 kB', () => {
  const user = createUserState('u', 6);
  for (let item = 0; item < 200; item++)
    see(user.seen, 20 * item, { time: 1.7e12 + 1e7 * Math.floor(item / 10), limit: 1000 });
  for (let token = 0; token < 50; token++) setTaste(user, token, [16, 0.1, 0, 0.3]);
  for (let item = 150; item < 200; item++) user.skipped.push(20 * item);
  expect(createUserPacker().pack(user).length).toBeLessThan(1700);
});

it('bytes that end too early are refused', () => {
  const bytes = createUserPacker().pack(createUserState('u', 3)).slice(0, -1);
  expect(() => unpackUser(bytes, { id: 'u', life: 1, denseColumns: 3 })).toThrow(RangeError);
});
