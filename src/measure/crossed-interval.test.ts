/** Legend: N seeds, U users, R resamples. */
import { describe, expect, it } from 'vitest';
import { createRng, type Rng } from '../random/rng.ts';
import { drawUsers, percentileInterval } from './bootstrap.ts';
import { crossedInterval, differenceBySeed, type SeededValues } from './crossed-interval.ts';

/** Deviations of what a figure is made of; users and seeds of a trained system. */
interface World {
  readonly users: number;
  readonly seeds: number;
  /** Of what a user adds to the difference of two recipes. */
  readonly byUser: number;
  /** Of the luck of a training, in standard errors of what users and seeds do together. */
  readonly bySeed: readonly [number, number];
}

const RESAMPLES = 150;

/** Two recipes of equal worth: every difference that is found between them is an error. */
function twoRecipes(rng: Rng, { users, seeds, byUser, bySeed }: World): readonly [SeededValues, SeededValues] {
  const weightsRU = Array.from({ length: RESAMPLES }, () => drawUsers(rng, users));
  const everyone = new Int32Array(users).fill(1);
  const sharedU = Float64Array.from({ length: users }, rng.normal);
  const recipe = (luck: number): SeededValues => {
    const ownU = Float64Array.from({ length: users }, () => (byUser * rng.normal()) / Math.SQRT2);
    const rowsNU = Array.from({ length: seeds }, () => {
      const shift = (luck * rng.normal()) / Math.sqrt(users);
      return sharedU.map((shared, user) => shared + ownU[user] + shift + rng.normal());
    });
    return {
      perSeed: rowsNU.map((rowU) => weightedMean(rowU, everyone)),
      resampledNR: rowsNU.map((rowU) => Float64Array.from(weightsRU, (weightU) => weightedMean(rowU, weightU))),
      isTrained: true,
    };
  };
  return [recipe(bySeed[0]), recipe(bySeed[1])];
}

function weightedMean(valueU: Float64Array, weightU: Int32Array): number {
  let sum = 0;
  for (let user = 0; user < valueU.length; user++) sum += weightU[user] * valueU[user];
  return sum / valueU.length;
}

/** Share of the comparisons, in per cent, whose interval excludes the true difference, 0. */
function errors(world: World, interval: typeof crossedInterval | typeof ofUsersAlone): number {
  const comparisons = 400;
  const rng = createRng('comparisons of equals');
  let found = 0;
  for (let each = 0; each < comparisons; each++) {
    const [a, b] = twoRecipes(rng, world);
    const told = interval(a, b, { users: world.users, level: 0.95 });
    if (told && (told.low > 0 || told.high < 0)) found++;
  }
  return (100 * found) / comparisons;
}

/** What the interval must not be: resamples of users know nothing of the luck of a training. */
function ofUsersAlone(a: SeededValues, b: SeededValues): ReturnType<typeof percentileInterval> {
  const meanR = ({ resampledNR }: SeededValues): Float64Array =>
    resampledNR[0].map((_, r) => resampledNR.reduce((sum, row) => sum + row[r], 0) / resampledNR.length);
  const ofB = meanR(b);
  return percentileInterval(
    meanR(a).map((value, r) => value - ofB[r]),
    0.95,
  );
}

describe('crossedInterval', () => {
  const users = 40;
  const worlds: readonly (readonly [string, World])[] = [
    ['one recipe, luck of a training and noise alike', { users, seeds: 3, byUser: 0, bySeed: [1, 1] }],
    ['one recipe, almost all is the luck of a training', { users, seeds: 3, byUser: 0, bySeed: [8, 8] }],
    ['one recipe, no more luck than a user sees', { users, seeds: 3, byUser: 0, bySeed: [0, 0] }],
    ['two recipes that differ by user', { users, seeds: 3, byUser: 1, bySeed: [2, 2] }],
    ['two recipes, one of steadier training', { users, seeds: 3, byUser: 0.5, bySeed: [4, 1] }],
    ['five seeds', { users, seeds: 5, byUser: 0.5, bySeed: [2, 2] }],
  ];

  // The deviation of a share of 5 % over 400 comparisons is 1.1 points.
  it.each(worlds)('excludes a difference that is not there in about 5 of 100 comparisons: %s', (_, world) => {
    const share = errors(world, crossedInterval);
    expect(share).toBeGreaterThanOrEqual(2);
    expect(share).toBeLessThanOrEqual(8);
  });

  it.each(worlds.slice(0, 5))('errs as seldom seed by seed: %s', (_, world) => {
    const bySeed: typeof crossedInterval = (a, b, options) =>
      crossedInterval(b ? differenceBySeed(a, b) : a, undefined, options);
    const share = errors(world, bySeed);
    expect(share).toBeGreaterThanOrEqual(2);
    expect(share).toBeLessThanOrEqual(8);
  });

  it.each([
    ['two recipes of one seed each, without luck', { users, seeds: 1, byUser: 1, bySeed: [0, 0] }],
    ['the same with more users', { users: 150, seeds: 1, byUser: 0.5, bySeed: [0, 0] }],
  ] satisfies readonly (readonly [string, World])[])('of one seed holds the chance of the users: %s', (_, world) => {
    const share = errors(world, crossedInterval);
    expect(share).toBeGreaterThanOrEqual(2);
    expect(share).toBeLessThanOrEqual(8);
  });

  it('where resamples of users alone call equals different in every fifth comparison, or most', () => {
    expect(errors(worlds[0][1], ofUsersAlone)).toBeGreaterThan(12);
    expect(errors(worlds[1][1], ofUsersAlone)).toBeGreaterThan(60);
  });

  it('covers the users alone where a recipe has one seed, and says so', () => {
    const [a, b] = twoRecipes(createRng(1), { users, seeds: 3, byUser: 0.5, bySeed: [1, 1] });
    const once = { ...a, perSeed: a.perSeed.slice(0, 1), resampledNR: a.resampledNR.slice(0, 1) };
    expect(crossedInterval(once, b, { users, level: 0.95 })?.covers).toBe('users');
    expect(crossedInterval(once, undefined, { users, level: 0.95 })).toMatchObject({
      ...percentileInterval(once.resampledNR[0], 0.95),
      covers: 'users',
    });
    expect(crossedInterval(a, b, { users, level: 0.95 })?.covers).toBe('users and seeds');
  });

  it('a reference needs no seeds', () => {
    const [a, b] = twoRecipes(createRng(2), { users, seeds: 3, byUser: 0.5, bySeed: [1, 1] });
    const reference = { perSeed: [b.perSeed[0]], resampledNR: [b.resampledNR[0]], isTrained: false };
    expect(crossedInterval(reference, undefined, { users, level: 0.95 })).toMatchObject({
      ...percentileInterval(b.resampledNR[0], 0.95),
      covers: 'users and seeds',
    });
    const difference = crossedInterval(a, reference, { users, level: 0.95 });
    const middle = (a.perSeed[0] + a.perSeed[1] + a.perSeed[2]) / 3 - b.perSeed[0];
    expect(((difference?.low ?? 0) + (difference?.high ?? 0)) / 2).toBeCloseTo(middle, 12);
  });

  it('is worked by hand where all users are alike, and wider for a higher level', () => {
    const flat = (perSeed: readonly number[]): SeededValues => ({
      perSeed,
      resampledNR: perSeed.map((value) => new Float64Array(20).fill(value)),
      isTrained: true,
    });
    // Variances 1 and 1 over 3 seeds each: V = 1/3 + 1/3; freedom (4/9) / (1/36 + 1/36) - 2 = 6; t of 6 degrees: 2.446912.
    const told = crossedInterval(flat([1, 2, 3]), flat([0, 1, 2]), { users, level: 0.95 });
    expect(told?.low).toBeCloseTo(1 - 2.446912 * Math.sqrt(2 / 3), 5);
    expect(told?.high).toBeCloseTo(1 + 2.446912 * Math.sqrt(2 / 3), 5);
    const wider = crossedInterval(flat([1, 2, 3]), flat([0, 1, 2]), { users, level: 0.99 });
    expect(wider?.low).toBeLessThan(told?.low ?? 0);
    expect(crossedInterval(flat([1, 1]), flat([1, 1]), { users, level: 0.95 })).toMatchObject({ low: 0, high: 0 });
  });

  it('is undefined where a value is, and leaves out resamples that are', () => {
    const [a, b] = twoRecipes(createRng(3), { users, seeds: 3, byUser: 0.5, bySeed: [1, 1] });
    const options = { users, level: 0.95 };
    expect(crossedInterval({ ...a, perSeed: [Number.NaN, 1, 1] }, b, options)).toBeUndefined();
    const spoiled = (share: number): SeededValues => ({
      ...a,
      resampledNR: a.resampledNR.map((row) => row.map((value, r) => (r < share * RESAMPLES ? Number.NaN : value))),
    });
    expect(crossedInterval(spoiled(0.6), b, options)).toBeUndefined();
    expect(Number.isFinite(crossedInterval(spoiled(0.3), b, options)?.low)).toBe(true);
  });

  it('tells its standard error: with a level of many deviations the interval is that wide', () => {
    const [a, b] = twoRecipes(createRng(5), { users: 4000, seeds: 40, byUser: 1, bySeed: [1, 1] });
    const told = crossedInterval(a, b, { users: 4000, level: 0.95 });
    // So many users and seeds that Student's quantiles are near the normal one.
    expect(((told?.high ?? 0) - (told?.low ?? 0)) / 2 / (told?.error ?? 0)).toBeCloseTo(1.98, 1);
    expect(told?.errorOfSeeds).toBeGreaterThan(0);
    expect(told?.errorOfSeeds).toBeLessThan(told?.error ?? 0);
  });
});
