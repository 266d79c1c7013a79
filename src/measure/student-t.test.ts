import { describe, expect, it } from 'vitest';
import { tQuantile } from './student-t.ts';

describe('tQuantile', () => {
  // scipy.stats.t.ppf(0.5 + level / 2, degrees) of scipy 1.17.1
  it.each([
    [0.95, 1, 12.706204736174694],
    [0.95, 2, 4.302652729749462],
    [0.95, 2.7, 3.3921483831737507],
    [0.95, 4, 2.7764451051977934],
    [0.95, 8, 2.306004135204166],
    [0.95, 33.3, 2.033819224134053],
    [0.95, 365, 1.966484596376788],
    [0.95, 20000, 1.9600826051581348],
    [0.9833333333333333, 2, 7.648803937915553],
    [0.9966666666666667, 2, 17.27717670004373],
    [0.9833333333333333, 4.4, 3.7577909443201563],
    [0.5, 3, 0.7648923284043444],
    [0.999, 1.5, 82.84744670366369],
  ])('level %f, %f degrees of freedom: %f', (level, degrees, expected) => {
    expect(tQuantile(level, degrees) / expected).toBeCloseTo(1, 10);
  });

  it('is tan at one degree, and the normal quantile at very many', () => {
    expect(tQuantile(0.5, 1)).toBeCloseTo(1, 12);
    expect(tQuantile(0.95, Infinity)).toBeCloseTo(1.959964, 4);
  });
});
