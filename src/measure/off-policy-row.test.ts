import { expect, it } from 'vitest';
import { generatorText } from '../print/text/generator-text.ts';
import { createRng } from '../random/rng.ts';
import { drawUsers } from './bootstrap.ts';
import type { GeneratorReport, OffPolicyRow } from './generator-report.ts';
import type { LoggedChoice } from './off-policy.ts';
import type { Assumption } from './off-policy-assumptions.ts';
import { offPolicyRow } from './off-policy-row.ts';

const shared = { resamples: 200, level: 0.95, seed: 3 };
const list = (agrees: number, propensity: number): LoggedChoice => ({
  ...{ clicksK: [1], agreesK: [agrees], propensityK: [propensity] },
});

/** So many lists of each user, of whom each agrees always or never; of all as many as the propensity says. */
const rowOf = (agreesU: readonly number[], { assume, each = 25 }: { assume?: Assumption; each?: number } = {}) =>
  offPolicyRow(
    'top',
    agreesU.flatMap((agrees) =>
      Array.from({ length: each }, () => list(agrees, agreesU.filter(Boolean).length / agreesU.length)),
    ),
    { ...shared, assume, userL: agreesU.flatMap((_, user) => Array.from({ length: each }, () => user)) },
  );

const textOf = (...rows: readonly OffPolicyRow[]): string => {
  const report: GeneratorReport = {
    ...{ title: '', measures: [], baseline: 'top', rows: [] },
    ...{ offPolicy: rows, assume: null, protocol: [] },
  };
  return generatorText(report);
};

it('counts the resamples that tell nothing, and says so beside the interval', () => {
  const row = rowOf([1, 0, 0, 0], { assume: 'cascade' });
  // One of four users agrees: every resample without that user is one of nothing, (3/4)^4 of them.
  const rng = createRng(shared.seed).split('off policy');
  const without = Array.from({ length: shared.resamples }, () => drawUsers(rng, 4)).filter(([first]) => first === 0);
  expect(without.length).toBeGreaterThan(30);
  expect(without.length).toBeLessThan(100);
  const none = { SIPS: 0, RIPS: 0, IIPS: 200, SNIIPS: 200, CDR: 200, DR: 200 };
  expect(row.resamplesLeftOut).toEqual({ ...none, SNSIPS: without.length, SNRIPS: without.length });
  expect(row.intervals.SNSIPS).toEqual({ low: 1, high: 1 });
  const text = textOf(row);
  expect(text.match(new RegExp(`${without.length} left out`, 'g'))).toHaveLength(2);
  expect(text).toContain('Left out: resamples in which no logged list agrees with the slates.');
  expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120);
  // What has no estimate has no interval to doubt.
  expect(text).not.toContain('200 left out');
});

it('says nothing where every resample tells, and gives no interval where fewer than half do', () => {
  const whole = rowOf([1, 1, 1]);
  expect(whole.resamplesLeftOut).toMatchObject({ SIPS: 0, SNSIPS: 0, SNRIPS: 0 });
  expect(textOf(whole).toLowerCase()).not.toContain('left out');
  const alike = rowOf([1, ...Array.from({ length: 40 }, () => 0)]);
  // (40/41)^41 of the resamples are without the one: about 36 %.
  expect(alike.intervals.SNSIPS).not.toBeNull();
  expect(alike.resamplesLeftOut.SNSIPS).toBeGreaterThan(40);
});

it('tells of a log, as of a journal, no interval of few lists, and none of what nobody stated', () => {
  const few = rowOf([1, 0, 1], { each: 9 });
  expect(few.intervals.SNSIPS).toBeNull();
  expect(few.doubts.SNSIPS).toContain('only 18.0 effective lists agree');
  const enough = rowOf([1, 0, 1]);
  expect([enough.intervals.SNSIPS, enough.intervals.SNRIPS]).toEqual([expect.anything(), null]);
  const two = textOf(enough, { ...rowOf([1, 1, 1]), name: 'greedy' });
  // What holds of all alike is said once, of nobody by name.
  expect(
    two.replaceAll(/\s+/g, ' ').match(/RIPS, SNRIPS: assumes that a click depends on nothing below/g),
  ).toHaveLength(1);
  expect(two).not.toContain('top, RIPS');
});
