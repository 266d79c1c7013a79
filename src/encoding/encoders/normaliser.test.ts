import { describe, expect, it } from 'vitest';
import { fitNormaliser, normalise } from './normaliser.ts';

describe('normaliser', () => {
  it('gives the fitted rows mean 0 and deviation 1, and measures the others by them', () => {
    const values = Float32Array.from([1, 10, 3, 30, 5, 50, 100, -30]);
    const normaliser = fitNormaliser(values, { columns: 2, rows: [0, 1, 2] });
    expect(normaliser.means).toEqual([3, 30]);
    expect(normaliser.deviations[0]).toBeCloseTo(Math.sqrt(8 / 3), 12);
    normalise(values, normaliser);
    const unit = Math.sqrt(3 / 2);
    const expected = [-unit, -unit, 0, 0, unit, unit];
    for (const [at, value] of expected.entries()) expect(values[at]).toBeCloseTo(value, 6);
    // 100 lies far beyond what a model has seen, -30 does not quite: 60 / 16.33.
    expect(values[6]).toBe(6);
    expect(values[7]).toBeCloseTo(-60 / Math.sqrt(800 / 3), 5);
  });

  it('leaves a column that never varies at 0, also where it varies later', () => {
    const values = Float32Array.from([0.1, 0.1, 0.1, 7]);
    normalise(values, fitNormaliser(values, { columns: 1, rows: [0, 1, 2] }));
    expect([...values]).toEqual([0, 0, 0, 0]);
  });

  it('does not lose a small spread on a large mean', () => {
    const values = Float32Array.from([100_000, 100_001, 100_002, 100_003]);
    const { means, deviations } = fitNormaliser(values, { columns: 1, rows: [0, 1, 2, 3] });
    expect(means[0]).toBe(100_001.5);
    expect(deviations[0]).toBeCloseTo(Math.sqrt(1.25), 3);
  });

  it('turns everything to 0 when there is no row to fit on', () => {
    const values = Float32Array.from([4, 5]);
    normalise(values, fitNormaliser(values, { columns: 2, rows: [] }));
    expect([...values]).toEqual([0, 0]);
  });

  it('survives JSON unchanged', () => {
    const values = Float32Array.from({ length: 40 }, (_, at) => Math.sin(at) * 3);
    const normaliser = fitNormaliser(values, { columns: 4, rows: [0, 2, 4, 9] });
    const again = values.slice();
    normalise(values, normaliser);
    normalise(again, JSON.parse(JSON.stringify(normaliser)));
    expect(again).toEqual(values);
  });
});
