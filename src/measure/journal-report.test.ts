import { expect, it } from 'vitest';
import { journalText } from '../print/text/journal-text.ts';
import { type JournalReport, type JournalRow, journalRow } from './journal-report.ts';
import { type LoggedChoice, offPolicyNames } from './off-policy.ts';
import type { Assumption } from './off-policy-assumptions.ts';

const list = (agrees: number, propensity = 0.5): LoggedChoice => ({
  ...{ clicksK: [1], agreesK: [agrees], propensityK: [propensity] },
});
const textOf = (rows: readonly JournalRow[], told: Partial<JournalReport> = {}): string =>
  journalText({
    ...{ title: 't', lists: 1, users: 1, logged: 0.5, rows, assume: null, protocol: [] },
    leftOut: { notDrawn: 0, notShown: 0, learned: 0, refused: 0 },
    ...told,
  });
/** As many agree as the propensity says. */
const rowOf = (agreeing: number, others = 100): ReturnType<typeof journalRow> => {
  const of = (agrees: number, length: number) =>
    Array.from({ length }, () => list(agrees, agreeing / (agreeing + others)));
  const lists = [...of(1, agreeing), ...of(0, others)];
  return journalRow('top', lists, { userL: Int32Array.from(lists.keys()), resamples: 50, level: 0.95, seed: 1 });
};

it('tells no interval below 20 effective lists, and says so in words', () => {
  const [few, some, enough] = [rowOf(19), rowOf(20), rowOf(40)];
  expect([few, some, enough].map(({ intervals }) => intervals.SIPS !== null)).toEqual([false, true, true]);
  expect(few.estimates.SNSIPS).toBe(1);
  expect(few.doubts.SIPS).toContain('no interval is told');
  expect([some.doubts.SIPS, enough.doubts.DR]).toEqual([undefined, undefined]);
  const text = textOf([few, some]);
  expect(text).toContain('no interval');
  expect(text).toContain(
    'top instead of what was drawn: no gain can be told, as 19.0 effective lists agree and it takes',
  );
  expect(text).toContain('top, SIPS, RIPS, SNSIPS, SNRIPS: only 19.0 effective lists agree');
  expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120);
});

it('tells no interval where half of the lists were drawn by a policy that never gives these slates, however many of the others agree', () => {
  // Half of the other half agree, as its propensity says.
  const lists = [
    ...Array.from({ length: 200 }, (_, l) => list(l % 2)),
    ...Array.from({ length: 200 }, () => list(0, 1e-9)),
  ];
  const options = { userL: Int32Array.from(lists.keys()), resamples: 50, level: 0.95, seed: 1 };
  const row = journalRow('greedy', lists, options);
  expect(row.effective.SIPS).toBeCloseTo(100, 9);
  expect(row.meanWeight).toBeCloseTo(0.5, 9);
  expect(Object.values(row.intervals).filter(Boolean)).toEqual([]);
  // 1 % of the weight, or half of it: what the model hopes for is no gain.
  expect(row.gain).toEqual({ estimate: Number.NaN, interval: null });
  expect(textOf([row]).replace(/\s+/g, ' ')).toContain(
    'greedy instead of what was drawn: no gain can be told, as the lists that agree stand for 50 % of all alone; judge lists that were drawn alike, or explore more evenly.',
  );
  expect(row.doubts.SIPS).toMatch(/^the lists that agree stand for 50 % of all alone: no interval is told/);
  expect(
    journalRow('greedy', lists.slice(0, 200), { ...options, userL: Int32Array.from({ length: 200 }, (_, l) => l) })
      .intervals.SIPS,
  ).not.toBeNull();
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

/** Two places, both orders alike; the second item is clicked only where it stands below the first, so company decides. */
const shuffled = (l: number, isTogether: boolean): LoggedChoice => {
  const agrees = Number(l % 2 === 0);
  const others = Number(l % 4 < 2);
  const expected = { withLoggedK: [0.5, 0.5], fromAboveK: [0.5, 0.5], asLogged: 0.5 };
  return {
    clicksK: isTogether ? [agrees && others, agrees && others] : [Number(l % 3 === 0), 0],
    agreesK: [1, Number(others === 1)],
    propensityK: [1, 0.5],
    placePropensityK: [1, 0.5],
    expected,
  };
};

it('has an interval of what assumes something only where that is stated, with a warning where the log contradicts it', () => {
  const options = { userL: Int32Array.from({ length: 400 }, (_, l) => l), resamples: 200, level: 0.95, seed: 1 };
  const of = (isTogether: boolean, assume?: Assumption) =>
    journalRow(
      'top',
      Array.from({ length: 400 }, (_, l) => shuffled(l, isTogether)),
      { ...options, assume },
    );
  const named = (row: ReturnType<typeof of>): readonly string[] =>
    offPolicyNames.filter((id) => row.intervals[id] !== null);
  const free = ['SIPS', 'SNSIPS', 'DR'];
  expect(named(of(false)).toSorted()).toEqual(free.toSorted());
  expect(named(of(false, 'cascade')).toSorted()).toEqual([...free, 'RIPS', 'SNRIPS', 'CDR'].toSorted());
  expect(named(of(false, 'independent')).toSorted()).toEqual([...offPolicyNames].toSorted());
  expect(of(false).doubts).toEqual({
    ...Object.fromEntries(
      ['RIPS', 'SNRIPS', 'CDR'].map((id) => [
        id,
        expect.stringContaining('nothing below its item: no interval is told'),
      ]),
    ),
    ...Object.fromEntries(['IIPS', 'SNIIPS'].map((id) => [id, expect.stringContaining('--assume independent')])),
  });
  expect(of(false, 'independent').doubts).toEqual({});
  const { doubts, intervals } = of(true, 'independent');
  // The first item always agrees: taken alone, it is clicked half as often as beside the second.
  expect(doubts.IIPS).toMatch(
    /^differs from SIPS by -0\.\d{3} \(-0\.\d{3} to -0\.\d{3}\), which is no chance: items change/,
  );
  for (const id of ['IIPS', 'RIPS', 'CDR'] as const) expect(intervals[id]).not.toBeNull();
  expect(of(true).intervals.IIPS).toBeNull();
  expect(of(true).doubts.IIPS).toBe(doubts.IIPS);
});

it('tells what would have come more than there was, in words too', () => {
  const expected = { withLoggedK: [0.5], fromAboveK: [0.5], asLogged: 0.5 };
  // What agrees is always clicked, what does not never: twice as much as there was.
  const lists = Array.from({ length: 200 }, (_, l) => ({ ...list(l % 2), clicksK: [l % 2], expected }));
  const options = { userL: Int32Array.from(lists.keys()), resamples: 200, level: 0.95, seed: 1 };
  const row = journalRow('top', lists, options);
  expect(row.gain.estimate).toBeCloseTo(0.5, 12);
  expect(row.gain.interval?.low).toBeGreaterThan(0.3);
  expect(row.gain.interval?.high).toBeLessThan(0.7);
  expect(textOf([row])).toMatch(
    /top instead of what was drawn: \+0\.500 clicks a list \(\+0\.\d{3} to \+0\.\d{3}, by DR\)/,
  );
});
