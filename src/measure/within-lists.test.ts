import { describe, expect, it } from 'vitest';
import { createRng } from '../random/rng.ts';
import { withinLists } from './within-lists.ts';

/** Every order of three values. */
const ORDERS = [
  [0, 1, 2],
  [0, 2, 1],
  [1, 0, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
];

describe('an association within lists', () => {
  it('has the deviation that all orders of two lists give', () => {
    const [x, y] = [
      [1, 2, 6, 0, 3, 4],
      [1, 0, 0, 0, 1, 1],
    ];
    const offsets = [0, 3, 6];
    const products = ORDERS.flatMap((first) =>
      ORDERS.map((second) => {
        const shuffled = [...first.map((at) => y[at]), ...second.map((at) => y[3 + at])];
        // A list's mean taken from one side is enough.
        return x.reduce((sum, value, slot) => sum + (value - (slot < 3 ? 3 : 7 / 3)) * shuffled[slot], 0);
      }),
    );
    const deviation = Math.sqrt(products.reduce((sum, value) => sum + value ** 2, 0) / products.length);
    const logged = products[0];
    expect(withinLists({ offsets }, x, y).z).toBeCloseTo(logged / deviation, 12);
  });

  it('is blind to what differs between lists, and sees what orders them', () => {
    const offsets = [0, 2, 4, 6, 8];
    const between = [5, 5, 1, 1, 9, 9, 3, 3];
    const ordered = [0, 1, 0, 1, 0, 1, 0, 1];
    expect(withinLists({ offsets }, between, ordered)).toEqual({ z: 0, probability: 1, correlation: 0 });
    expect(withinLists({ offsets }, ordered, ordered)).toMatchObject({ z: 2, correlation: 1 });
  });

  it('is shown by chance in about 5 of 100 logs of chance', () => {
    const rng = createRng(1);
    const offsets = Array.from({ length: 31 }, (_, b) => 6 * b);
    let shown = 0;
    for (let log = 0; log < 1000; log++) {
      const [x, y] = [0, 1].map(() => Array.from({ length: 180 }, () => Number(rng.next() < 0.3)));
      if (withinLists({ offsets }, x, y).probability < 0.05) shown++;
    }
    expect(shown).toBeGreaterThan(30);
    expect(shown).toBeLessThan(72);
  });
});
