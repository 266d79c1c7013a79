import { expect, it } from 'vitest';
import type { Impression } from '../../slate/impression.ts';
import { type PartialCopy, partialCopies } from './partial-copies.ts';

/** A list whose items can be told by their click times; every third stands at a place of its own. */
const listOf = (K: number): Impression => ({
  ranking: {
    event: 'ranking',
    id: 'r',
    time: 5,
    user: 'u',
    fields: { query: 'x' },
    items: Array.from({ length: K }, (_, k) => ({
      id: `i${k}`,
      fields: { k },
      ...(k % 3 === 0 ? { position: 20 + k } : {}),
    })),
  },
  clickTimesK: Float64Array.from({ length: K }, (_, k) => (k % 2 === 0 ? -1 : 1000 + k)),
});

it('shows items of the list in its order, each at its place with its click, and counts the hidden', () => {
  for (let list = 0; list < 200; list++) {
    const whole = listOf(2 + (list % 9));
    const K = whole.ranking.items.length;
    const copies = partialCopies(whole, { list, count: 3 });
    expect(copies).toHaveLength(3);
    for (const { impression, hidden } of copies) {
      const { items, ...rest } = impression.ranking;
      expect({ ...rest, items: whole.ranking.items }).toEqual(whole.ranking);
      expect(items.length + hidden).toBe(K);
      expect(items.length).toBeGreaterThan(0);
      expect(hidden).toBeGreaterThan(0);
      const places = items.map(({ fields }) => Number(fields.k));
      expect(places).toEqual([...new Set(places)].sort((a, b) => a - b));
      for (const [at, k] of places.entries()) {
        expect(items[at]).toEqual({ id: `i${k}`, fields: { k }, position: k % 3 === 0 ? 20 + k : k });
        expect(impression.clickTimesK[at]).toBe(whole.clickTimesK[k]);
      }
    }
  }
});

it('has none of a list of one item', () => {
  expect(partialCopies(listOf(1), { list: 0, count: 2 })).toEqual([]);
});

it('draws by the list and the copy alone', () => {
  const of = (list: number, count: number): readonly PartialCopy[] => partialCopies(listOf(6), { list, count });
  expect(of(3, 2)).toEqual(of(3, 2));
  expect(of(3, 5).slice(0, 2)).toEqual(of(3, 2));
  expect(of(3, 2)).not.toEqual(of(4, 2));
});

it('shows m items, m uniform in 1..K-1, half of the copies the first m', () => {
  const [K, lists] = [5, 4000];
  const byLength = new Float64Array(K);
  let prefixes = 0;
  for (let list = 0; list < lists; list++) {
    const [{ impression }] = partialCopies(listOf(K), { list, count: 1 });
    const { items } = impression.ranking;
    byLength[items.length] += 1 / lists;
    if (items.every(({ fields }, at) => fields.k === at)) prefixes += 1 / lists;
  }
  expect(byLength[0]).toBe(0);
  for (let m = 1; m < K; m++) expect(byLength[m]).toBeCloseTo(1 / (K - 1), 1);
  // A random subset is a prefix by chance: once in (K over m).
  const byChance = [5, 10, 10, 5].reduce((sum, subsets) => sum + 1 / subsets / 4, 0);
  expect(Math.abs(prefixes - (0.5 + 0.5 * byChance))).toBeLessThan(0.03);
});
