import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { reducedDifference, variantDifference } from './difference.ts';
import { sampleRatio } from './sample-ratio.ts';
import { momentsOf, type UserMoments, type UserRow } from './user-moments.ts';

interface Told {
  readonly estimate: number;
  readonly error: number;
  readonly low: number;
  readonly high: number;
}

interface FixtureCase {
  readonly name: string;
  readonly risk: number;
  readonly tightestAt: number;
  readonly control: readonly UserRow[];
  readonly variant: readonly UserRow[];
  readonly mean: Told;
  readonly ratio: Told;
  readonly reducedMean: Told;
  readonly reducedRatio: Told;
  readonly reducedRatioOwnTheta: Told;
}

/** bench/peers/gbstats_fixture.py records it. */
const fixture: {
  readonly cases: readonly FixtureCase[];
  readonly sampleRatios: readonly {
    readonly users: readonly number[];
    readonly shares: readonly number[];
    readonly p: number;
  }[];
} = JSON.parse(readFileSync(new URL('./fixtures/gbstats.json', import.meta.url), 'utf8'));

const ratios = (rows: readonly UserRow[]): UserMoments => momentsOf(rows);
/** Clicks of a user, and of the user before: a mean is a ratio of which each user counts once. */
const means = (rows: readonly UserRow[]): UserMoments =>
  momentsOf(rows.map(([clicks, , pastClicks]) => [clicks, 1, pastClicks, 1] as const));

const near = ({ estimate, error, low, high }: Told, digits: number): Told => ({
  estimate: expect.closeTo(estimate, digits),
  error: expect.closeTo(error, digits),
  low: expect.closeTo(low, digits),
  high: expect.closeTo(high, digits),
});

describe.each(fixture.cases)('users of the $name case', (given) => {
  const { control, variant, risk, tightestAt } = given;
  const options = { risk, tightestAt };

  it('have the sequential interval of gbstats, of a mean and of a ratio', () => {
    expect(variantDifference(means(variant), means(control), options)).toEqual(near(given.mean, 10));
    expect(variantDifference(ratios(variant), ratios(control), options)).toEqual(near(given.ratio, 10));
  });

  it('have the same where it is lowered by their past', () => {
    const reduced = reducedDifference(means(variant), means(control), options);
    expect(reduced).toEqual({ ...near(given.reducedMean, 10), reduction: expect.any(Number) });
    expect(reduced?.reduction).toBeCloseTo(1 - (given.reducedMean.error / given.mean.error) ** 2, 10);
  });

  it('have the same of a ratio, where gbstats is told theta; it would choose one of each variant by itself, to little effect', () => {
    const reduced = reducedDifference(ratios(variant), ratios(control), options);
    expect(reduced).toEqual({ ...near(given.reducedRatio, 10), reduction: expect.any(Number) });
    expect(reduced).toEqual({ ...near(given.reducedRatioOwnTheta, 3), reduction: expect.any(Number) });
    expect(reduced?.error).toBeLessThan(given.ratio.error);
  });
});

it.each(fixture.sampleRatios)(
  'a sample of $users by the shares $shares has the p of gbstats',
  ({ users, shares, p }) => {
    const total = users.reduce((sum, count) => sum + count, 0);
    const ofShares = shares.reduce((sum, share) => sum + share, 0);
    const expected = shares.map((share) => (share / ofShares) * total);
    expect(sampleRatio(users, expected)?.p).toBeCloseTo(p, 12);
  },
);
