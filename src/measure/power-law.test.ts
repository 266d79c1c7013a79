import { describe, expect, it } from 'vitest';
import { fitPowerLaw, lossAt } from './power-law.ts';

const points = (of: (count: number) => number, counts = [100, 200, 400, 800]) =>
  counts.map((count) => ({ count, loss: of(count) }));

describe('a power law', () => {
  it.each([
    [0.3, 2, 0.5],
    [0.1, 40, 1],
    [0, 1, 0.2],
  ])('is found again: floor %s, scale %s, exponent %s', (floor, scale, exponent) => {
    const law = fitPowerLaw(points((n) => floor + scale / n ** exponent));
    expect(law.floor).toBeCloseTo(floor, 8);
    expect(law.scale).toBeCloseTo(scale, 6);
    expect(law.exponent).toBeCloseTo(exponent, 8);
    expect(lossAt(law, 8000)).toBeCloseTo(floor + scale / 8000 ** exponent, 8);
  });

  it('of a loss that does not fall is its mean', () => {
    const law = fitPowerLaw([
      { count: 10, loss: 0.4 },
      { count: 20, loss: 0.42 },
      { count: 40, loss: 0.44 },
    ]);
    expect(law).toMatchObject({ scale: 0 });
    expect(lossAt(law, 1e6)).toBeCloseTo(0.42, 12);
  });

  it('never promises a loss below 0: where a line would end there, it falls to 0', () => {
    // Faster than any exponent of the grid: 1 / n^2 falls by four.
    const law = fitPowerLaw(points((n) => 1e4 / n ** 2));
    expect(law).toMatchObject({ floor: 0, exponent: 1 });
    // Least squares through 0 by hand: scale = sum y x / sum x^2 with x = 1 / n.
    const ns = [100, 200, 400, 800];
    const by = (power: number) => ns.reduce((sum, n) => sum + n ** -power, 0);
    expect(law.scale).toBeCloseTo((1e4 * by(3)) / by(2), 8);
  });

  it('needs two counts', () => {
    expect(() => fitPowerLaw(points(() => 1, [100, 100]))).toThrow(
      'fitPowerLaw: expected points of 2 counts or more, got 1',
    );
  });
});
