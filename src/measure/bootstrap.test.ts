import { describe, expect, it } from 'vitest';
import { exampleComparison } from '../../test/example-comparison.ts';
import { isResampled } from '../metrics/metric.ts';
import { metrics } from '../metrics/metrics.ts';
import { numberUsers } from '../metrics/number-users.ts';
import { weightedValues } from '../metrics/part-statistics.ts';
import { createRng } from '../random/rng.ts';
import { bootstrapMetrics, drawUsers, expandedLevel, percentileInterval } from './bootstrap.ts';
import { userStatistics } from './user-statistics.ts';

const RESAMPLED = metrics.all.filter(isResampled).map(({ name }) => name);

describe('drawUsers', () => {
  it('draws as many as there are, and each user once on average', () => {
    const rng = createRng(1);
    const totals = new Float64Array(50);
    for (let r = 0; r < 2000; r++) {
      const weightU = drawUsers(rng, 50);
      expect(weightU.reduce((sum, weight) => sum + weight)).toBe(50);
      weightU.forEach((weight, user) => {
        totals[user] += weight / 2000;
      });
    }
    // Standard deviation of each mean: 0.022.
    for (const total of totals) expect(Math.abs(total - 1)).toBeLessThan(0.12);
  });
});

describe('bootstrapMetrics', () => {
  const { lists, predictions } = exampleComparison();
  const users = numberUsers(lists.userB);
  const systems = ['attention-bce', 'attention-listnet'].map((name) => ({
    name,
    seeds: predictions.filter(({ recipe }) => recipe === name).map((one) => userStatistics(lists, users, one)),
  }));

  it('gives every system and seed the same resamples', () => {
    const resampled = bootstrapMetrics(systems, { users: users.count, resamples: 7, rng: createRng(4) });
    const rng = createRng(4);
    for (let r = 0; r < 7; r++) {
      const weightU = drawUsers(rng, users.count);
      systems.forEach(({ seeds }, s) => {
        seeds.forEach((statistics, n) => {
          const metrics = weightedValues(statistics, weightU);
          for (const id of RESAMPLED) expect(resampled[s][n][id][r]).toBe(metrics[id]);
        });
      });
    }
  });

  it('repeats itself bitwise for one seed', () => {
    const run = (seed: number): Float64Array =>
      bootstrapMetrics(systems, { users: users.count, resamples: 5, rng: createRng(seed) })[1][0].rocAuc;
    expect(run(1)).toEqual(run(1));
    expect(run(1)).not.toEqual(run(2));
  });

  it('spreads the log loss as the central limit theorem says when each user has one item', () => {
    const B = 400;
    const rng = createRng(6);
    const shown = {
      offsets: Int32Array.from({ length: B + 1 }, (_, b) => b),
      labelS: Uint8Array.from({ length: B }, () => rng.integer(2)),
      userB: Int32Array.from({ length: B }, (_, b) => b),
    };
    const valueS = Float64Array.from({ length: B }, rng.normal);
    const statistics = userStatistics(shown, numberUsers(shown.userB), {
      ...{ recipe: 'a', seed: 1, scale: 'logit', threshold: 0 },
      valueS,
    });
    const losses = valueS.map((z, i) => Math.log(1 + Math.exp(shown.labelS[i] === 1 ? -z : z)));
    const expected = deviation(losses) / Math.sqrt(B);
    const options = { users: B, resamples: 2000, rng: createRng(7) };
    const [[{ logLoss }]] = bootstrapMetrics([{ name: 'a', seeds: [statistics] }], options);
    expect(Math.abs(deviation(logLoss) / expected - 1)).toBeLessThan(0.08);
    const interval = percentileInterval(logLoss, 0.95);
    expect(((interval?.high ?? 0) - (interval?.low ?? 0)) / (2 * 1.96 * expected)).toBeCloseTo(1, 1);
  });
});

describe('percentileInterval', () => {
  it('interpolates between order statistics, whatever the order of the values', () => {
    const values = Float64Array.from({ length: 101 }, (_, i) => (i * 37) % 101);
    expect(percentileInterval(values, 0.95)).toEqual({ low: expect.closeTo(2.5, 12), high: expect.closeTo(97.5, 12) });
    expect(percentileInterval(Float64Array.of(5, 1), 0.5)).toEqual({ low: 2, high: 4 });
  });

  it('leaves undefined resamples out, and is undefined when most are', () => {
    expect(percentileInterval(Float64Array.of(Number.NaN, 1, 1), 0.9)).toEqual({ low: 1, high: 1 });
    expect(percentileInterval(Float64Array.of(Number.NaN, Number.NaN, 1), 0.9)).toBeUndefined();
    expect(percentileInterval(new Float64Array(0), 0.9)).toBeUndefined();
  });
});

function deviation(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
}

it('an expanded level is as wide as Student has it, of very many the level itself', () => {
  // t of 4 degrees is 2.776, times sqrt(5 / 4) is 3.104 normal errors: 99.81 % lie within.
  expect(expandedLevel(0.95, 5)).toBeCloseTo(0.99809, 4);
  expect(expandedLevel(0.95, 1e7)).toBeCloseTo(0.95, 4);
  expect([1, 0, Number.NaN].map((n) => expandedLevel(0.9, n))).toEqual([0.9, 0.9, 0.9]);
});
