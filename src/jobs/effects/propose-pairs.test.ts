import { describe, expect, it } from 'vitest';
import { groupingBy } from './grouping.ts';
import { pairInfluences, strongestPairs } from './propose-pairs.ts';
import type { ShownItem } from './shown-lists.ts';
import { groupedShowings, showingsOf, testShowings } from './test-showings.ts';

const schema = {
  item: [
    { name: 'brand', kind: 'category' },
    { name: 'price', kind: 'numeric' },
    { name: 'about', kind: 'vector' },
  ],
  ...{ user: [], ranking: [], rankedItem: [] },
} as const;

/** Lists written as letters; a capital is clicked. Brand x are a, b and c, brand y the others. */
const listsOf = (...lists: string[]): (readonly ShownItem[])[] =>
  lists.map((letters) =>
    [...letters.toLowerCase()].map((id) => ({
      id,
      fields: { brand: 'abc'.includes(id) ? 'x' : 'y', price: id.charCodeAt(0) - 96 },
    })),
  );

function testOf(...lists: string[]): ReturnType<typeof testShowings> {
  const offsets = new Int32Array(lists.length + 1);
  for (const [b, letters] of lists.entries()) offsets[b + 1] = offsets[b] + letters.length;
  const letters = [...lists.join('')];
  const labelS = Uint8Array.from(letters, (letter) => Number(letter !== letter.toLowerCase()));
  const positionS = Int32Array.from(lists.flatMap((list) => [...[...list].keys()]));
  const userB = Int32Array.from(lists.keys());
  return testShowings({
    shown: listsOf(...lists),
    outcomes: { offsets, labelS, positionS, userB, itemRateS: new Float32Array(letters.length) },
    probabilityS: new Float64Array(letters.length).fill(0.25),
  });
}

describe('pairs of groups', () => {
  it('have the mean influence of the one on the showings of the other; items of one group add up', () => {
    const shown = listsOf('ab', 'bad');
    const influences = {
      lists: Int32Array.of(0, 1),
      lengths: Int32Array.of(2, 3),
      influence: Float32Array.of(...[0, 0.5, 0.25, 0], ...[0, 0.125, 0.25, -0.5, 0, 0.5, 0.0625, -0.25, 0]),
    };
    const of = (by: string): Record<string, number> => {
      const grouping = groupingBy(by, { shown, schema });
      return Object.fromEntries(
        pairInfluences({ grouping, influences, shown }).map(({ from, to, influence }) => [
          `${grouping.labels[from]}${grouping.labels[to]}`,
          influence,
        ]),
      );
    };
    expect(of('items')).toEqual({
      ...{ ab: (0.5 - 0.5) / 2, ba: (0.25 + 0.125) / 2, bd: 0.25, ad: 0.5, db: 0.0625, da: -0.25 },
    });
    expect(of('brand')).toEqual({ xx: (0.5 + 0.25 + 0.125 - 0.5) / 4, xy: 0.75, yx: (0.0625 - 0.25) / 2 });
  });

  it('are in steps of a number, and no groups of a field that is none', () => {
    const shown = listsOf('abcdefgh');
    const { labels, groupsOf } = groupingBy('price', { shown, schema });
    expect(labels).toEqual(['1 to below 3', '3 to below 5', '5 to below 7', '7 and more']);
    expect(shown[0].flatMap(groupsOf)).toEqual([0, 0, 1, 1, 2, 2, 3, 3]);
    expect(() => groupingBy('about', { shown, schema })).toThrow(
      /^by about: expected texts or a number, found a vector/,
    );
    expect(() => groupingBy('colour', { shown, schema })).toThrow(/^by colour: expected one of about, brand, price/);
  });

  it('go on by what the test lists could show of them, whatever was clicked there', () => {
    const lists = Array.from({ length: 20 }, (_, n) => (n % 2 === 0 ? 'abd' : n % 3 === 0 ? 'bde' : 'bd'));
    const pairs = [
      { from: 0, to: 1, influence: 0.2 },
      // Never shown without the other.
      { from: 2, to: 1, influence: 0.5 },
      { from: 3, to: 1, influence: 0.25 },
      { from: 0, to: 2, influence: -0.3 },
    ];
    const strongest = (...texts: string[]): readonly unknown[] => {
      const test = testOf(...texts);
      const grouping = groupingBy('items', { shown: test.part.shown, schema });
      return strongestPairs(pairs, { test, grouped: groupedShowings(test, grouping), count: 2, leastStrength: 0.5 });
    };
    expect(strongest(...lists)).toEqual([
      { from: 0, to: 1, influence: 0.2, showings: 20, present: 10 },
      { from: 0, to: 2, influence: -0.3, showings: 20, present: 10 },
    ]);
    expect(strongest(...lists.map((letters) => letters.replace('b', 'B')))).toEqual(strongest(...lists));
  });
});

describe('showings of the test lists', () => {
  it('are of one stratum where item, place and length are alike; rare items are compared with their like', () => {
    const test = testOf(...Array.from({ length: 24 }, (_, n) => (n < 22 ? (n % 2 === 0 ? 'aB' : 'ba') : 'cd')));
    const grouping = groupingBy('brand', { shown: test.part.shown, schema });
    const { slotsOfGroup, isBeside } = groupedShowings(test, grouping);
    const x = grouping.labels.indexOf('x');
    const { residualN, presentN, stratumN, userN } = showingsOf(test, {
      slots: slotsOfGroup[x],
      isPresent: (slot) => isBeside(x, slot),
    });
    expect(residualN[1]).toBe(0.75);
    expect([...presentN].filter((present) => present === 0)).toHaveLength(2);
    // a and b, each first and second, and c, which was shown twice.
    expect(new Set(stratumN).size).toBe(5);
    expect([userN[0], userN[1], userN[2]]).toEqual([0, 0, 1]);
  });
});
