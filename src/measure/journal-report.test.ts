import { expect, it } from 'vitest';
import { journalText } from '../print/text/journal-text.ts';
import { journalRow } from './journal-report.ts';
import type { LoggedChoice } from './off-policy.ts';

const list = (agrees: number): LoggedChoice => ({ clicksK: [1], agreesK: [agrees], propensityK: [0.5] });
const rowOf = (agreeing: number, others = 100): ReturnType<typeof journalRow> => {
  const lists = [...Array.from({ length: agreeing }, () => list(1)), ...Array.from({ length: others }, () => list(0))];
  return journalRow('top', lists, { userL: Int32Array.from(lists.keys()), resamples: 50, level: 0.95, seed: 1 });
};

it('tells no interval below 20 effective lists, doubts it below 40, and says both in words', () => {
  const [few, some, enough] = [rowOf(19), rowOf(30), rowOf(40)];
  expect([few, some, enough].map(({ intervals }) => intervals.SIPS !== null)).toEqual([false, true, true]);
  expect(few.estimates.SNSIPS).toBe(1);
  expect(few.doubts.SIPS).toContain('no interval is told');
  expect(some.doubts.SIPS).toContain('too narrow');
  expect(enough.doubts).toEqual({});
  const leftOut = { notDrawn: 0, notShown: 0, learned: 0, refused: 0 };
  const text = journalText({ title: 't', lists: 1, users: 1, logged: 0.5, rows: [few, some], leftOut, protocol: [] });
  expect(text).toContain('no interval');
  expect(text).toContain('top, SIPS, RIPS, SNSIPS, SNRIPS: only 19.0 effective lists agree');
  expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120);
});

it('tells no estimate at all where no list agrees, not even 0 or what the model expects', () => {
  const expected = { withLoggedK: [0.7], fromAboveK: [0.7], asLogged: 0.7 };
  const lists = Array.from({ length: 50 }, () => ({ ...list(0), expected }));
  const options = { userL: Int32Array.from(lists.keys()), resamples: 50, level: 0.95, seed: 1 };
  const { estimates, doubts } = journalRow('far', lists, options);
  expect(Object.values(estimates)).toEqual(Object.keys(estimates).map(() => Number.NaN));
  expect([doubts.SIPS, doubts.DR].map((doubt) => doubt?.slice(0, 15))).toEqual(['no list agrees:', 'no list agrees:']);
  expect(
    journalRow('near', [...lists, { ...list(1), expected }], { ...options, userL: new Int32Array(51) }).estimates.DR,
  ).toBeGreaterThan(0.7);
});
