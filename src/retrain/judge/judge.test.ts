import { describe, expect, it } from 'vitest';
import { splitDefaults } from '../../datasets/walk/split.ts';
import type { Predictions, ShownLists } from '../../measure/predictions.ts';
import { createRng } from '../../random/rng.ts';
import { AFTER, BEFORE, judgeModels } from './judge-models.ts';
import { latestDays, splitBefore } from './latest-days.ts';

const DAY = 24 * 60 * 60_000;

describe('the latest days', () => {
  const times = Float64Array.from({ length: 100 }, (_, at) => (at * DAY) / 10);

  it('begin after so many days before the last list, and are three lists in ten at most', () => {
    expect(latestDays({ times }, 1)).toBe(90);
    expect(latestDays({ times }, 5)).toBe(70);
    expect(latestDays({ times: times.map((time, at) => (at === 90 ? times[89] : time)) }, 1)).toBe(91);
  });

  it('are refused where nothing is left to learn from', () => {
    expect(() => latestDays({ times: times.slice(0, 1) }, 1)).toThrow('expected lists before the latest 1 days');
  });

  it('are the test part of a split, and validation has its share of the rest', () => {
    const { train, validation } = splitBefore(90, 100, splitDefaults);
    expect([train, validation].map((share) => Math.round(100 * share))).toEqual([79, 11]);
  });
});

describe('a new model', () => {
  const rng = createRng(1);
  const users = 200;
  const lists: ShownLists = {
    offsets: Int32Array.from({ length: users + 1 }, (_, at) => 2 * at),
    userB: Int32Array.from({ length: users }, (_, at) => at),
    labelS: Uint8Array.from({ length: 2 * users }, (_, at) => Number(at % 2 === 0)),
  };
  /** The more it knows, the better it tells which of two items is clicked. */
  const told = (recipe: string, seed: number, known: number): Predictions => ({
    ...{ recipe, seed, scale: 'logit', threshold: 0 },
    valueS: Float64Array.from({ length: 2 * users }, (_, at) => (at % 2 === 0 ? known : -known) + rng.normal() / 10),
  });
  const judge = (known: number, margin: number): ReturnType<typeof judgeModels> =>
    judgeModels(
      lists,
      { before: told(BEFORE, 1, 1), after: [1, 2, 3].map((seed) => told(AFTER, seed, known)) },
      { margin },
    );

  it('is not worse where the whole interval is below the margin', () => {
    expect(judge(1.2, 0.01)).toMatchObject({ isNotWorse: true, covers: 'users and seeds', users });
    expect(judge(0.8, 0.01).isNotWorse).toBe(false);
    // A little worse, and so much is allowed.
    expect(judge(0.97, 0).isNotWorse).toBe(false);
    expect(judge(0.97, 0.2).isNotWorse).toBe(true);
  });

  it('is told with its figures', () => {
    expect(judge(1.2, 0.01).text).toMatch(
      /^On 200 lists of 200 users that the new model did not learn from the log loss went from 0\.3\d+ to 0\.2\d+, -0\.0\d+ \(-0\.0\d+ to -0\.0\d+ over users and seeds\); at most \+0\.00\d+ is allowed\.$/,
    );
  });
});
