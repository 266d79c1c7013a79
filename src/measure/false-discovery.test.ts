import { describe, expect, it } from 'vitest';
import { createRng } from '../random/rng.ts';
import { discoveries } from './false-discovery.ts';

const OPTIONS = { rate: 0.1, level: 0.05, families: 1 };

describe('which of many tests to believe', () => {
  it('steps up: a p above its own bound is believed where a later one is below its', () => {
    // 1 + 5 of 8 above a half: all are taken to be of nothing. Bounds at 10 %: .0125, .025, .0375, .05, ...
    const rest = [0.6, 0.7, 0.8, 0.9, 0.95];
    expect(discoveries([0.03, 0.001, 0.035, ...rest], OPTIONS)).toEqual([1, 0, 2]);
    expect(discoveries([0.03, 0.001, 0.045, ...rest], OPTIONS)).toEqual([1]);
  });

  it('believes more where most of what was asked is there, but none that alone is chance', () => {
    // 1 of 8 above a half: a half of a half. Bounds at 40 %: .05, .1, .15, ...
    const likely = [0.001, 0.04, 0.045, 0.049, 0.06, 0.2, 0.3, 0.45];
    expect(discoveries(likely, OPTIONS)).toEqual([0, 1, 2, 3]);
  });

  it('tells nothing where all together could be chance: .02 of four is below 10 % of .25, not 5 %', () => {
    expect(discoveries([0.02, 0.5, 0.7, 0.9], OPTIONS)).toEqual([]);
    expect(discoveries([0.02, 0.5, 0.7, 0.9], { ...OPTIONS, level: 0.1 })).toEqual([0]);
    expect(discoveries([0.01, 0.5, 0.7, 0.9], OPTIONS)).toEqual([0]);
    expect(discoveries([0.01, 0.5, 0.7, 0.9], { ...OPTIONS, families: 2 })).toEqual([]);
    expect(discoveries([], OPTIONS)).toEqual([]);
  });

  it.each([
    [40, 20],
    [10, 50],
  ])('of %i that are not there and %i that are, no more than 10 in 100 discoveries are chance', (nulls, effects) => {
    const rng = createRng('false discovery');
    let [wrongShare, right] = [0, 0];
    for (let log = 0; log < 2000; log++) {
      const pValues = Array.from({ length: nulls + effects }, (_, test) =>
        test < nulls ? rng.next() : rng.next() ** 4 / 2,
      );
      const found = discoveries(pValues, OPTIONS);
      const wrong = found.filter((test) => test < nulls).length;
      wrongShare += wrong / Math.max(1, found.length) / 2000;
      right += (found.length - wrong) / 2000;
    }
    expect(wrongShare).toBeLessThan(0.1);
    expect(right).toBeGreaterThan(effects / 6);
  });

  it('tells anything of 5 in 100 logs without effects', () => {
    const rng = createRng('nothing there');
    let told = 0;
    for (let log = 0; log < 2000; log++)
      if (
        discoveries(
          Array.from({ length: 40 }, () => rng.next()),
          OPTIONS,
        ).length > 0
      )
        told++;
    expect(told / 2000).toBeLessThan(0.065);
    expect(told / 2000).toBeGreaterThan(0.035);
  });
});
