/** Legend: N seeds, R resamples of users. */
import { mean, sum } from '../metrics/mean.ts';
import { type Interval, percentileInterval } from './bootstrap.ts';
import { tQuantile } from './student-t.ts';

/** A metric of one system: its value with each seed, and the same in every resample of users. */
export interface SeededValues {
  readonly perSeed: readonly number[];
  /** One row a seed; all systems and seeds see the same resamples. */
  readonly resampledNR: readonly Float64Array[];
  /** False of a reference: no seed decides anything in it. */
  readonly isTrained: boolean;
}

export interface CoveringInterval extends Interval {
  /** Of what it holds the chance: the drawn users alone where a trained system has one seed, whose luck nobody can know. */
  readonly covers: 'users' | 'users and seeds';
  /** Standard error of the estimate, and the seeds' part of it: 0 where they decide nothing, or nothing is known of them. */
  readonly error: number;
  readonly errorOfSeeds: number;
}

export interface IntervalOptions {
  /** Drawn units: users of the test part, at least 2. */
  readonly users: number;
  /** Such as 0.95. */
  readonly level: number;
}

/**
 * The interval of a metric's mean over the seeds of a system, or of its difference to another system's.
 *
 * Users and seeds are crossed random effects: a figure differs with who was drawn for the test part, with the luck of a training, and with both together. With n seeds a system the
 * interval is the estimate plus and minus the root of
 *
 *     t_users^2 max(0, V_users - V_both) + t_seeds^2 V_seeds
 *
 * V_users, of the figure over resamples of users with the seeds as they are, holds the users' own part and, 1 / n of it a system, what users and seeds do together. V_both is the latter
 * alone: the variance over resamples of each seed's deviation from its system's mean, summed and divided by n (n - 1). V_seeds, s^2 / n a system of the values by seed, has it already.
 * What both share is so counted once (the two-way moments of Owen 2007 and of Cameron, Gelbach & Miller 2011).
 *
 * Few seeds know their variance badly, so the t are Student's quantiles: of U - 1 degrees of freedom for U users, and for the seeds of those of Welch 1947 (Satterthwaite 1946 with unbiased
 * fourth powers): with f = n - 1 and a variance V for each system, (sum of V)^2 / sum of (V^2 / (f + 2)) - 2, and no fewer than the least f. Each variance with a t of its own errs no more
 * than is promised (Banerjee 1960). Where nothing but the users is drawn, or nothing else is known, it is the percentile interval of the resamples. docs/intervals.md has how often it errs.
 *
 * Undefined where a value is, or more than half of the resamples are.
 */
export function crossedInterval(
  value: SeededValues,
  minus: SeededValues | undefined,
  { users, level }: IntervalOptions,
): CoveringInterval | undefined {
  const sides = minus ? [value, minus] : [value];
  const estimate = mean(value.perSeed) - (minus ? mean(minus.perSeed) : 0);
  if (!Number.isFinite(estimate)) return undefined;
  const meansR = sides.map(({ resampledNR }) => meanRow(resampledNR));
  const estimateR = minus ? meansR[0].map((one, r) => one - meansR[1][r]) : meansR[0];
  const trained = sides.filter(({ isTrained }) => isTrained);
  const hasLuck = trained.every(({ perSeed }) => perSeed.length > 1);
  if (trained.length === 0 || !hasLuck) {
    const interval = percentileInterval(estimateR, level);
    return (
      interval && {
        ...interval,
        covers: hasLuck ? 'users and seeds' : 'users',
        error: Math.sqrt(variance(estimateR.filter((one) => !Number.isNaN(one)))),
        errorOfSeeds: 0,
      }
    );
  }
  const definedR = estimateR.map((one) => (Number.isNaN(one) ? 0 : 1));
  if (2 * definedR.reduce((sum, one) => sum + one, 0) < definedR.length) return undefined;
  // Resamples of U users have (U - 1) / U of the variance of U fresh ones.
  const varianceOf = (valuesR: Float64Array): number =>
    (variance(valuesR.filter((_, r) => definedR[r] === 1)) * users) / (users - 1);
  const both = sum(
    sides.map(({ resampledNR, isTrained }, side) => {
      if (!isTrained) return 0;
      const n = resampledNR.length;
      const deviations = resampledNR.map((row) => varianceOf(row.map((one, r) => one - meansR[side][r])));
      return sum(deviations) / (n * (n - 1));
    }),
  );
  const bySeed = trained.map(({ perSeed }) => ({
    variance: variance(perSeed) / perSeed.length,
    freedom: perSeed.length - 1,
  }));
  const ofUsers = Math.max(0, varianceOf(estimateR) - both);
  const ofSeeds = sum(bySeed.map((part) => part.variance));
  const half = Math.sqrt(
    tQuantile(level, users - 1) ** 2 * ofUsers + tQuantile(level, freedomOf(bySeed)) ** 2 * ofSeeds,
  );
  return {
    ...{ low: estimate - half, high: estimate + half, covers: 'users and seeds' },
    ...{ error: Math.sqrt(ofUsers + ofSeeds), errorOfSeeds: Math.sqrt(ofSeeds) },
  };
}

/**
 * Two systems of the same seeds as one: their difference with each seed. Where what a seed draws is the same in both (first weights, order of the lists), their luck is alike and much of it cancels; the
 * interval of the differences is valid whether it does or not, with n - 1 degrees of freedom where two systems apart have up to 2 n - 2.
 */
export function differenceBySeed(value: SeededValues, minus: SeededValues): SeededValues {
  return {
    perSeed: value.perSeed.map((one, n) => one - minus.perSeed[n]),
    resampledNR: value.resampledNR.map((row, n) => row.map((one, r) => one - minus.resampledNR[n][r])),
    isTrained: true,
  };
}

interface VariancePart {
  readonly variance: number;
  readonly freedom: number;
}

/** Of the sum of some estimated variances. */
function freedomOf(parts: readonly VariancePart[]): number {
  const total = sum(parts.map((part) => part.variance));
  const fourth = sum(parts.map((part) => part.variance ** 2 / (part.freedom + 2)));
  const least = Math.min(...parts.map(({ freedom }) => freedom));
  // All zero: equal with every seed.
  return fourth === 0 ? least : Math.max(least, total ** 2 / fourth - 2);
}

function meanRow(rowsNR: readonly Float64Array[]): Float64Array {
  return rowsNR[0].map((_, r) => sum(rowsNR.map((row) => row[r])) / rowsNR.length);
}

/** Of a sample; NaN of fewer than two values. */
function variance(values: ArrayLike<number>): number {
  const center = mean(values);
  let squares = 0;
  for (let at = 0; at < values.length; at++) squares += (values[at] - center) ** 2;
  return values.length < 2 ? Number.NaN : squares / (values.length - 1);
}
