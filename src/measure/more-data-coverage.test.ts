import { describe, expect, it } from 'vitest';
import { mean } from '../metrics/mean.ts';
import { createRng, type Rng } from '../random/rng.ts';
import { drawUsers } from './bootstrap.ts';
import { moreData, type SizedLoss } from './more-data.ts';

const [LOGS, USERS, RESAMPLES, SEEDS] = [100, 60, 100, 3];
const law = (count: number): number => 0.3 + 2 / count ** 0.5;

/** Deviations of what a seed adds to all sizes, and to each of them by itself; of what a user adds to each size. */
interface Luck {
  readonly shared: number;
  readonly own: number;
  readonly user: number;
}

/** Losses by the law; what a user adds to all sizes alike is the same in all scenes. */
function points(rng: Rng, { shared, own, user }: Luck): readonly SizedLoss[] {
  const weightsRU = Array.from({ length: RESAMPLES }, () => drawUsers(rng, USERS));
  const leaningU = Float64Array.from({ length: USERS }, () => 0.02 * rng.normal());
  const seedN = Array.from({ length: SEEDS }, () => shared * rng.normal());
  return [125, 250, 500, 1000].map((count) => {
    const addedU = leaningU.map((leaning) => leaning + user * rng.normal());
    const lossN = seedN.map((seed) => law(count) + seed + own * rng.normal());
    const resampledR = weightsRU.map(
      (weightU) => addedU.reduce((sum, added, u) => sum + weightU[u] * added, 0) / USERS,
    );
    const resampledNR = lossN.map((loss) => Float64Array.from(resampledR, (added) => loss + added));
    return { count, loss: { perSeed: lossN.map((loss) => loss + mean(addedU)), resampledNR, isTrained: true } };
  });
}

/** Shares of the logs whose intervals hold what twice and ten times the lists save. */
function heldShares(name: string, luck: Luck): readonly number[] {
  const rng = createRng(name);
  const held = [0, 0];
  for (let log = 0; log < LOGS; log++) {
    const { gains } = moreData(points(rng, luck), { count: 1000, factors: [2, 10], rng: createRng(log) });
    for (const [n, { factor, low, high }] of gains.entries()) {
      const truth = law(1000) - law(1000 * factor);
      if (low <= truth && truth <= high) held[n]++;
    }
  }
  return held.map((count) => count / LOGS);
}

// The deviation of a share of 95 % over 100 logs is 2.2 points.
describe('the interval of what more lists save', () => {
  it.each([
    ['the luck of a training', { shared: 0, own: 0.002, user: 0 }],
    ['users', { shared: 0, own: 0.0005, user: 0.02 }],
  ])('holds it in about 95 of 100 logs where sizes differ by %s', (name, luck) => {
    for (const share of heldShares(name, luck)) {
      expect(share).toBeGreaterThan(0.88);
      expect(share).toBeLessThan(0.995);
    }
  });

  it('holds it more often than promised where the luck of a seed is alike at all sizes', () => {
    for (const share of heldShares('alike', { shared: 0.002, own: 0.001, user: 0 }))
      expect(share).toBeGreaterThan(0.95);
  });
});
