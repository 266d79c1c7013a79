import { describe, expect, it } from 'vitest';
import { createRng } from '../random/rng.ts';
import { rateRatio, type Stratum } from './rate-ratio.ts';

describe('a ratio of click rates', () => {
  it('of one stratum is the ratio itself, with the interval of its logarithm', () => {
    const { estimate, low, high } = rateRatio([{ clicks: 30, shown: 100, otherClicks: 20, otherShown: 200 }]);
    expect(estimate).toBeCloseTo(3, 12);
    // 1/a - 1/n1 + 1/b - 1/n0: the textbook's variance of a log risk ratio.
    const half = 1.959964 * Math.sqrt(1 / 30 - 1 / 100 + 1 / 20 - 1 / 200);
    expect([low, high]).toEqual([expect.closeTo(3 * Math.exp(-half), 10), expect.closeTo(3 * Math.exp(half), 10)]);
  });

  it('compares within strata: better items that stand above do not make the place better', () => {
    const strata = [
      { clicks: 40, shown: 80, otherClicks: 10, otherShown: 20 },
      { clicks: 2, shown: 20, otherClicks: 8, otherShown: 80 },
    ];
    expect(rateRatio(strata).estimate).toBeCloseTo(1, 12);
  });

  it('covers the true ratio in about 95 of 100 logs', () => {
    const rng = createRng(5);
    const draw = (shown: number, rate: number): number =>
      Array.from({ length: shown }, () => Number(rng.next() < rate)).reduce((a, b) => a + b, 0);
    let covered = 0;
    for (let log = 0; log < 400; log++) {
      const strata = Array.from({ length: 25 }, (_, item): Stratum => {
        const rate = 0.1 + 0.01 * item;
        return { shown: 20, clicks: draw(20, 0.6 * rate), otherShown: 30, otherClicks: draw(30, rate) };
      });
      const { low, high } = rateRatio(strata);
      if (low < 0.6 && high > 0.6) covered++;
    }
    expect(covered).toBeGreaterThan(368);
    expect(covered).toBeLessThan(393);
  });

  it('is unknown where no stratum has both', () => {
    expect(rateRatio([{ clicks: 1, shown: 2, otherClicks: 0, otherShown: 0 }]).estimate).toBeNaN();
  });
});
