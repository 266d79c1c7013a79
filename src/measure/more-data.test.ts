import { describe, expect, it } from 'vitest';
import { createRng, type Rng } from '../random/rng.ts';
import { moreData, type SizedLoss } from './more-data.ts';

/** Losses by a power law; each user and each seed moves all sizes, and each size by itself a little. */
function points(rng: Rng, of: (count: number) => number): readonly SizedLoss[] {
  const [seeds, users, resamples] = [3, 60, 200];
  const userU = Array.from({ length: users }, () => 0.02 * rng.normal());
  const drawn = Array.from({ length: resamples }, () => Array.from({ length: users }, () => rng.integer(users)));
  const seedN = Array.from({ length: seeds }, () => 0.002 * rng.normal());
  return [125, 250, 500, 1000].map((count) => {
    const ownN = seedN.map((seed) => of(count) + seed + 0.001 * rng.normal());
    const mean = (all: readonly number[]): number => all.reduce((sum, value) => sum + value, 0) / all.length;
    return {
      count,
      loss: {
        perSeed: ownN.map((own) => own + mean(userU)),
        resampledNR: ownN.map((own) => Float64Array.from(drawn, (who) => own + mean(who.map((user) => userU[user])))),
        isTrained: true,
      },
    };
  });
}

const law = (count: number): number => 0.3 + 2 / count ** 0.5;
const asked = { count: 1000, factors: [2, 10] };

describe('what more data would give', () => {
  it('is the law continued', () => {
    const { gains, law: found } = moreData(points({ ...createRng(1), normal: () => 0 }, law), {
      ...{ ...asked, rng: createRng(2) },
    });
    expect(found).toMatchObject({ floor: expect.closeTo(0.3, 6), exponent: { estimate: expect.closeTo(0.5, 6) } });
    for (const { factor, estimate, low, high } of gains) {
      expect(estimate).toBeCloseTo(law(1000) - law(1000 * factor), 6);
      expect(low).toBeCloseTo(estimate, 6);
      expect(high).toBeCloseTo(estimate, 6);
    }
  });

  it('lies in its interval in most logs, and is above 0 in few of those that have reached their end', () => {
    const rng = createRng(7);
    let [held, promised] = [0, 0];
    for (let log = 0; log < 40; log++) {
      const [twice] = moreData(points(rng, law), { ...asked, rng: createRng(log) }).gains;
      if (twice.low <= law(1000) - law(2000) && twice.high >= law(1000) - law(2000)) held++;
      if (
        moreData(
          points(rng, () => 0.35),
          { ...asked, rng: createRng(log) },
        ).gains[0].low > 0
      )
        promised++;
    }
    expect(held).toBeGreaterThanOrEqual(34);
    expect(promised).toBeLessThanOrEqual(4);
  });
});
