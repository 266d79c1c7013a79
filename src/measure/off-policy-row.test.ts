import { expect, it } from 'vitest';
import { generatorText } from '../print/text/generator-text.ts';
import { createRng } from '../random/rng.ts';
import { drawUsers } from './bootstrap.ts';
import type { GeneratorReport, OffPolicyRow } from './generator-report.ts';
import type { LoggedChoice } from './off-policy.ts';
import { offPolicyRow } from './off-policy-row.ts';

const shared = { resamples: 200, level: 0.95, seed: 3 };
const list = (agrees: number): LoggedChoice => ({ clicksK: [1], agreesK: [agrees], propensityK: [0.5] });

const rowOf = (agreesL: readonly number[]): OffPolicyRow =>
  offPolicyRow('top', agreesL.map(list), { ...shared, userL: [...agreesL.keys()] });

const textOf = (row: OffPolicyRow): string => {
  const report: GeneratorReport = {
    title: '',
    measures: [],
    baseline: 'top',
    rows: [],
    offPolicy: [row],
    protocol: [],
  };
  return generatorText(report);
};

it('counts the resamples that tell nothing, and says so beside the interval', () => {
  const row = rowOf([1, 0, 0, 0]);
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
  const alike = offPolicyRow('top', [list(1), ...Array.from({ length: 40 }, () => list(0))], {
    ...shared,
    userL: Array.from({ length: 41 }, (_, user) => user),
  });
  // (40/41)^41 of the resamples are without the one: about 36 %.
  expect(alike.intervals.SNSIPS).not.toBeNull();
  expect(alike.resamplesLeftOut.SNSIPS).toBeGreaterThan(40);
});
