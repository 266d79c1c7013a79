import { describe, expect, it } from 'vitest';
import { createRng } from '../../random/rng.ts';
import type { ShownSlots } from './columns.ts';
import { pageBias } from './page-bias.ts';

const [ITEMS, K, LISTS] = [30, 6, 400];

/** Lists of a shop that draws items in the order of their worth plus chance, and users who look down a page. */
function shop({ preference, examined }: { preference: number; examined: number }, seed = 1): ShownSlots {
  const rng = createRng(seed);
  const worth = Array.from({ length: ITEMS }, (_, item) => item / ITEMS);
  const lists = Array.from({ length: LISTS }, () => {
    const keys = worth.map((value, item) => ({ item, key: preference * value - Math.log(-Math.log(1 - rng.next())) }));
    return keys
      .sort((a, b) => b.key - a.key)
      .slice(0, K)
      .map(({ item }) => item);
  });
  const labels = lists.flat().map((item, slot) => {
    const looked = slot % K >= (2 * K) / 3 ? examined : 1;
    return Number(rng.next() < looked * (0.1 + 0.5 * worth[item]));
  });
  return {
    lists: Int32Array.from(lists.keys()),
    offsets: Int32Array.from({ length: LISTS + 1 }, (_, b) => b * K),
    labelS: Uint8Array.from(labels),
    positionS: Int32Array.from(labels, (_, slot) => slot % K),
    itemRateS: Float32Array.from(lists.flat(), (item) => worth[item]),
    userB: Int32Array.from(lists, (_, b) => b % 50),
    listS: Int32Array.from(labels, (_, slot) => Math.floor(slot / K)),
    itemS: Int32Array.from(lists.flat(), (item) => 100 + item),
    placeS: Int32Array.from(labels.keys()),
  };
}

describe('the bias of a page', () => {
  it('is none where items and places are drawn at random', () => {
    const { position, exposure, evenShare } = pageBias(shop({ preference: 0, examined: 0.5 }), { known: 40 });
    expect(position.random).toBe(true);
    expect(Math.abs(position.withRate)).toBeLessThan(0.05);
    expect(evenShare).toBeGreaterThan(0.95);
    expect(exposure).toMatchObject({ shown: 30, known: 40, gini: expect.closeTo(exposure.giniAtRandom, 1) });
    expect(position.bottom.low).toBeLessThan(0.5);
    expect(position.bottom.high).toBeGreaterThan(0.5);
    expect(position.middle.high).toBeGreaterThan(1);
  });

  it('is found in where items stand and how often, and the same item is compared with itself', () => {
    const { position, exposure, evenShare, weightS } = pageBias(shop({ preference: 5, examined: 0.5 }), { known: 30 });
    expect(position).toMatchObject({ random: false, probability: 0.01 });
    expect(position.withRate).toBeLessThan(-0.1);
    expect(evenShare).toBeLessThan(0.5);
    expect(exposure.gini).toBeGreaterThan(exposure.giniAtRandom + 0.3);
    // Better items stand above; without the comparison within items the last third would seem far worse.
    expect(position.bottom.low).toBeLessThan(0.5);
    expect(position.bottom.high).toBeGreaterThan(0.5);
    expect(weightS.reduce((sum, weight) => sum + weight, 0) / weightS.length).toBeGreaterThan(0.5);
  });

  it('errs in about 5 of 100 logs without it', () => {
    let found = 0;
    for (let seed = 1; seed <= 40; seed++)
      if (!pageBias(shop({ preference: 0, examined: 1 }, seed), { known: 30 }).position.random) found++;
    expect(found).toBeLessThanOrEqual(6);
  });
});
