import { describe, expect, it } from 'vitest';
import { exampleComparison } from '../../test/example-comparison.ts';
import { expectedCalibrationError } from '../metrics/calibration-error.ts';
import { isResampled } from '../metrics/metric.ts';
import { metrics } from '../metrics/metrics.ts';
import { rocAuc } from '../metrics/roc-auc.ts';
import { probabilitiesOf } from '../metrics/scored-part.ts';
import { compareSystems } from './compare-systems.ts';
import type { SystemRow } from './comparison-report.ts';
import type { Predictions } from './predictions.ts';

const { lists, predictions, options } = exampleComparison();
const report = compareSystems(lists, predictions, options);
const settings = { baseline: options.baseline, protocol: options.protocol, resamples: 200 };

function row(name: string, from = report): SystemRow {
  const found = from.systems.find((system) => system.name === name);
  if (found === undefined) throw new Error(`no row ${name}`);
  return found;
}

describe('compareSystems', () => {
  it('has a row a system in the order of first appearance, with its seeds', () => {
    expect(report.systems.map(({ name, kind, seeds }) => [name, kind, seeds])).toEqual([
      ['random order', 'reference', []],
      ['logged order', 'reference', []],
      ['smoothed item rate', 'reference', []],
      ['pointwise-bce', 'recipe', [1, 2, 3]],
      ['attention-bce', 'recipe', [1, 2, 3]],
      ['attention-triplet', 'recipe', [1, 2, 3]],
      ['attention-listnet', 'recipe', [1, 2, 3]],
    ]);
  });

  it('gives mean and sample deviation of the values of the seeds', () => {
    const own = predictions.filter(({ recipe }) => recipe === 'attention-bce');
    const [a, b, c] = own.map(({ valueS }) => rocAuc(valueS, lists.labelS));
    const cell = row('attention-bce').metrics.rocAuc;
    expect(cell.perSeed).toEqual([a, b, c]);
    const mean = (a + b + c) / 3;
    expect(cell.mean).toBeCloseTo(mean, 15);
    const squares = (a - mean) ** 2 + (b - mean) ** 2 + (c - mean) ** 2;
    expect(cell.deviation).toBeCloseTo(Math.sqrt(squares / 2), 14);
    expect(row('logged order').metrics.rocAuc.deviation).toBeNull();
  });

  it('puts the mean inside its interval, and differences in points inside theirs', () => {
    for (const { metrics: cells } of report.systems) {
      for (const id of metrics.names) {
        const { mean, interval, toBaseline, toItemRate } = cells[id];
        if (interval === null || mean === null) continue;
        expect(interval.low).toBeLessThanOrEqual(mean + 1e-9);
        expect(interval.high).toBeGreaterThanOrEqual(mean - 1e-9);
        for (const difference of [toBaseline, toItemRate]) {
          if (difference === null) continue;
          expect(difference.low).toBeLessThanOrEqual(difference.points + 1e-9);
          expect(difference.high).toBeGreaterThanOrEqual(difference.points - 1e-9);
        }
      }
    }
    const listnet = row('attention-listnet').metrics.rocAuc;
    const baseline = row('attention-bce').metrics.rocAuc;
    expect(listnet.toBaseline?.points).toBeCloseTo(100 * ((listnet.mean ?? 0) - (baseline.mean ?? 0)), 10);
  });

  it('pairs: the difference of near-equal systems is known better than either system', () => {
    const [one] = predictions.filter(({ recipe }) => recipe === 'attention-bce');
    const near = { ...one, recipe: 'near', valueS: one.valueS.map((z, slot) => z + 0.1 * Math.sin(slot)) };
    const { interval, toBaseline } = row('near', compareSystems(lists, [one, near], settings)).metrics.rocAuc;
    const width = 100 * ((interval?.high ?? 0) - (interval?.low ?? 0));
    expect((toBaseline?.high ?? 0) - (toBaseline?.low ?? 0)).toBeLessThan(0.25 * width);
  });

  it('finds a copy of the baseline to differ by nothing', () => {
    const copies = predictions.filter(({ recipe }) => recipe === 'attention-bce');
    const doubled = compareSystems(lists, [...copies, ...copies.map((one) => ({ ...one, recipe: 'copy' }))], {
      ...settings,
      resamples: 50,
    });
    for (const metric of metrics.all) {
      const { toBaseline } = row('copy', doubled).metrics[metric.name];
      if (!isResampled(metric)) expect(toBaseline).toBeNull();
      else expect(toBaseline).toMatchObject({ points: 0, excludesZero: false, verdict: 'open' });
    }
  });

  it('gives no verdict on recipes of one seed: their intervals cover the drawn users alone', () => {
    const once = predictions.filter(({ seed }) => seed < 2);
    const report = compareSystems(lists, once, options);
    expect(report.protocol.intervals.covers).toBe('users');
    for (const { kind, metrics: cells } of report.systems) {
      for (const id of metrics.names) {
        const { toBaseline, toItemRate } = cells[id];
        for (const difference of [toBaseline, kind === 'recipe' ? toItemRate : null])
          if (difference) expect([difference.covers, difference.verdict]).toEqual(['users', null]);
      }
    }
    expect(row('attention-listnet', report).metrics.rocAuc.toBaseline?.excludesZero).toBe(true);
    // No seed decides anything in a reference.
    expect(row('random order', report).metrics.rocAuc.toItemRate?.verdict).toBe('worse');
    expect(row('random order', report).metrics.rocAuc.interval?.covers).toBe('users and seeds');
  });

  it('compares recipes of one start seed by seed: luck that both have alike cancels', () => {
    const names = ['attention-bce', 'near'];
    const own = predictions.filter(({ recipe }) => recipe === 'attention-bce');
    const near = own.map((one) => ({
      ...one,
      recipe: 'near',
      valueS: one.valueS.map((z, slot) => z + 0.1 * Math.sin(slot + one.seed)),
    }));
    const widthOf = (pairedBySeed: readonly (readonly string[])[]): number => {
      const { low, high } = row('near', compareSystems(lists, [...own, ...near], { ...settings, pairedBySeed })).metrics
        .rocAuc.toBaseline ?? { low: 0, high: 0 };
      return high - low;
    };
    expect(widthOf([names])).toBeLessThan(0.6 * widthOf([]));
    expect(widthOf([['attention-bce', 'another']])).toBe(widthOf([]));
  });

  it('is wider the more recipes there are to pick the best of', () => {
    const names = ['attention-bce', 'attention-listnet'];
    const two = compareSystems(
      lists,
      predictions.filter(({ recipe }) => names.includes(recipe)),
      { ...settings, baseline: 'attention-bce' },
    );
    const widthOf = (from: typeof report): number => {
      const { low, high } = row('attention-listnet', from).metrics.rocAuc.toBaseline ?? { low: 0, high: 0 };
      return high - low;
    };
    expect(two.protocol.intervals.rivals.ofBaseline).toBe(1);
    expect(widthOf(report)).toBeGreaterThan(1.2 * widthOf(two));
  });

  it('knows that a lower log loss is better', () => {
    const { logLoss, rocAuc: area } = row('attention-listnet').metrics;
    expect(logLoss.toBaseline).toMatchObject({ excludesZero: true, verdict: 'better' });
    expect(logLoss.toBaseline?.high).toBeLessThan(0);
    expect(area.toBaseline?.verdict).toBe('better');
    expect(row('random order').metrics.rocAuc.toBaseline?.verdict).toBe('worse');
  });

  it('refers to the baseline and the item rate, never to a system itself', () => {
    expect(row('attention-bce').metrics.rocAuc.toBaseline).toBeNull();
    expect(row('smoothed item rate').metrics.ndcgAt10.toItemRate).toBeNull();
    expect(row('attention-bce').metrics.ndcgAt10.toItemRate).not.toBeNull();
  });

  it('gives the calibration error without an interval', () => {
    const [first] = predictions.filter(({ recipe }) => recipe === 'attention-bce');
    const cell = row('attention-bce').metrics.calibrationError;
    expect(cell.perSeed[0]).toBe(expectedCalibrationError(probabilitiesOf(first), lists.labelS));
    expect([cell.interval, cell.toBaseline]).toEqual([null, null]);
  });

  it('is plain JSON and repeats itself', () => {
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
    expect(compareSystems(lists, predictions, options)).toEqual(report);
    expect(report.protocol.intervals).toEqual({
      level: 0.95,
      users: new Set(lists.userB).size,
      resamples: 200,
      seed: 1,
      covers: 'users and seeds',
      pairedBySeed: [],
      rivals: { ofBaseline: 3, ofItemRate: 4 },
    });
  });

  it('has no interval for one user, and null where a metric is undefined', () => {
    const one: Predictions = { recipe: 'a', seed: 1, scale: 'logit', valueS: Float32Array.of(1, 2), threshold: 0 };
    const single = compareSystems(
      { offsets: Int32Array.of(0, 2), labelS: Uint8Array.of(0, 0), userB: Int32Array.of(4) },
      [one, { ...one, recipe: 'b' }],
      { baseline: 'a', protocol: options.protocol, resamples: 5 },
    );
    const { rocAuc: area, logLoss } = row('b', single).metrics;
    expect([area.mean, area.interval, area.toBaseline]).toEqual([null, null, null]);
    expect(logLoss.mean).toBeGreaterThan(0);
    expect([logLoss.interval, logLoss.toBaseline]).toEqual([null, null]);
  });

  it('leaves what is undefined undefined: without a threshold there is no F1, and nothing is better than it', () => {
    const unknown = predictions.map((one) =>
      one.recipe === 'smoothed item rate' ? { ...one, threshold: Number.NaN } : one,
    );
    const undecided = compareSystems(lists, unknown, options);
    for (const id of ['f1', 'precision', 'recall'] as const) {
      const ofRate = row('smoothed item rate', undecided).metrics[id];
      expect([ofRate.mean, ofRate.perSeed, ofRate.interval, ofRate.toBaseline]).toEqual([null, [null], null, null]);
      expect(row('attention-bce', undecided).metrics[id].toItemRate).toBeNull();
    }
    expect(row('smoothed item rate', undecided).metrics.ndcgAt10).toEqual(row('smoothed item rate').metrics.ndcgAt10);
  });

  it('refuses an unknown baseline and a seed that stands twice', () => {
    expect(() => compareSystems(lists, predictions, { ...options, baseline: 'nobody' })).toThrow(
      "no predictions of 'nobody', only of random order",
    );
    expect(() => compareSystems(lists, [...predictions, predictions[0]], options)).toThrow(
      "two predictions of 'random order' with seed 0",
    );
    expect(() => compareSystems(lists, [...predictions, { ...predictions[0], seed: 9 }], options)).toThrow(
      "one prediction of the reference 'random order' expected, got 2",
    );
  });
});
