import { describe, expect, it } from 'vitest';
import { createRng } from '../random/rng.ts';
import { discoveries } from './false-discovery.ts';

const OPTIONS = { rate: 0.1, level: 0.05 };

describe('which of many tests to believe', () => {
  it('steps up: a p above its own bound is believed where a later one is below its', () => {
    // Bounds at 10 %: .025, .05, .075, .1.
    expect(discoveries([0.9, 0.06, 0.001, 0.055], OPTIONS)).toEqual([2, 3, 1]);
    expect(discoveries([0.9, 0.09, 0.001, 0.09], OPTIONS)).toEqual([2]);
  });

  it('tells nothing where all together could be chance: .02 of four is below 10 % of .25, not 5 %', () => {
    expect(discoveries([0.02, 0.5, 0.7, 0.9], OPTIONS)).toEqual([]);
    expect(discoveries([0.02, 0.5, 0.7, 0.9], { ...OPTIONS, level: 0.1 })).toEqual([0]);
    expect(discoveries([], OPTIONS)).toEqual([]);
  });

  it('tells anything of 5 in 100 logs without effects, and of 10 in 100 discoveries one that is chance', () => {
    const rng = createRng('false discovery');
    let [told, wrong, wrongShare] = [0, 0, 0];
    for (let log = 0; log < 2000; log++) {
      const nulls = Array.from({ length: 40 }, () => rng.next());
      if (discoveries(nulls, OPTIONS).length > 0) told++;
      const found = discoveries([...nulls, ...Array.from({ length: 20 }, () => 0.002 * rng.next())], OPTIONS);
      wrong = found.filter((test) => test < 40).length;
      wrongShare += wrong / Math.max(1, found.length) / 2000;
    }
    expect(told / 2000).toBeLessThan(0.065);
    expect(told / 2000).toBeGreaterThan(0.035);
    // Benjamini & Hochberg keep to the rate times the share of nulls.
    expect(wrongShare).toBeLessThan(0.1 * (40 / 60) + 0.01);
    expect(wrongShare).toBeGreaterThan(0.04);
  });
});
