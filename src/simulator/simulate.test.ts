import { describe, expect, it } from 'vitest';
import type { RankingEvent } from '../slate/events.ts';
import { averageUtility, effectDefaults } from './choice-model.ts';
import { simulateDrinks } from './drinks.ts';
import { type SimulatedRow, simulate } from './simulate.ts';
import { type SimulationOptions, simulationDefaults } from './simulation-options.ts';
import { trueMarket } from './true-market.ts';

const small = { ...simulationDefaults, impressions: 1500, seed: 3, items: 120, users: 60 };

const rankings = (rows: Iterable<SimulatedRow>): RankingEvent[] =>
  [...rows].flatMap((row) => ('event' in row && row.event.event === 'ranking' ? [row.event] : []));
const lists = (changes: Partial<SimulationOptions>): RankingEvent[] => rankings(simulate({ ...small, ...changes }));

describe('lengths of lists', () => {
  it('are drawn from a range, every one alike', () => {
    const counts = new Map<number, number>();
    for (const { items } of lists({ slateSize: { from: 3, to: 7 } }))
      counts.set(items.length, (counts.get(items.length) ?? 0) + 1);
    expect([...counts.keys()].sort()).toEqual([3, 4, 5, 6, 7]);
    for (const count of counts.values()) expect(count / small.impressions).toBeCloseTo(1 / 5, 1);
  });

  it('are all the same without one, and a range of one length is that length', () => {
    expect(new Set(lists({ slateSize: 4 }).map(({ items }) => items.length))).toEqual(new Set([4]));
    expect(new Set(lists({ slateSize: { from: 6, to: 6 } }).map(({ items }) => items.length))).toEqual(new Set([6]));
  });
});

describe('propensities', () => {
  it('are 1 over the items left, and change nothing else', () => {
    const plain = lists({ slateSize: { from: 2, to: 5 } });
    const logged = lists({ slateSize: { from: 2, to: 5 }, propensities: true });
    for (const { items } of logged) {
      expect(items.map(({ propensity }) => propensity)).toEqual(items.map((_, k) => 1 / (items.length - k)));
      expect(items.map(({ placePropensity }) => placePropensity)).toEqual(items.map(() => 1 / items.length));
    }
    const without = logged.map((each) => ({
      ...each,
      items: each.items.map(({ propensity: _, placePropensity: __, ...item }) => item),
    }));
    expect(without).toEqual(plain);
  });

  it('know that what fills up a list stands below: where it starts, the items left are its own', () => {
    // Three categories of 24 seldom hold 12 of 30 items: the others follow.
    const filled = lists({ items: 30, categories: 24, slateSize: 12, propensities: true, impressions: 400 });
    let withFill = 0;
    for (const { items } of filled) {
      const left = items.map(({ propensity = 0 }) => Math.round(1 / propensity));
      const byTaste = left[0];
      expect(left).toEqual([
        ...Array.from({ length: byTaste }, (_, k) => byTaste - k),
        ...Array.from({ length: 12 - byTaste }, (_, k) => 12 - byTaste - k),
      ]);
      if (byTaste < 12) withFill++;
    }
    expect(withFill).toBeGreaterThan(200);
  });

  it('are those of the drinks: each order of a menu alike', () => {
    for (const { items } of rankings(simulateDrinks({ impressions: 50, seed: 1, propensities: true }))) {
      expect(items.map(({ propensity }) => propensity)).toEqual(items.map((_, k) => 1 / (items.length - k)));
      expect(items.map(({ placePropensity }) => placePropensity)).toEqual(items.map(() => 1 / items.length));
    }
  });
});

it.each<[string, object]>([
  ['simulate: impressions: expected number, found NaN', { impressions: Number.NaN }],
  ['simulate: items: expected number to be >=1, found 0', { items: 0 }],
  [
    'simulate: slateSize: expected a whole number from 1, or { from, to } of such, found {"from":4,"to":2}',
    { slateSize: { from: 4, to: 2 } },
  ],
  ['found "slatesize"; did you mean "slateSize"?', { slatesize: 3 }],
])('is not made of options that are none: %s', (sentence, wrong) => {
  expect(() => [...simulate({ ...small, ...wrong })]).toThrow(sentence);
});

it('refuses propensities of a shop with preferences, which are not known', () => {
  expect(() => [...simulate({ ...small, policy: 1, propensities: true })]).toThrow(
    'simulate: propensities: expected none of a shop with preferences, found policy 1',
  );
});

it('a lower base moves every logit by as much', () => {
  const logit = (p: number): number => Math.log(p / (1 - p));
  const usual = trueMarket(small);
  for (const row of simulate({ ...small, base: effectDefaults.base - 3, impressions: 100 })) {
    if (!('truth' in row)) continue;
    const { user = '', items } = row.truth;
    const asUsual = usual.probabilities(
      user,
      items.map(({ id }) => id),
    );
    for (const [k, { probability }] of items.entries())
      expect(logit(probability)).toBeCloseTo(logit(asUsual[k]) - 3, 8);
  }
});

describe('a shop with preferences', () => {
  const meanRating = (policy: number): { first: number; all: number; shown: number } => {
    const rows = [...simulate({ ...small, policy })];
    const rating = new Map<string, number>();
    for (const row of rows)
      if ('event' in row && row.event.event === 'item') rating.set(row.event.item, Number(row.event.fields.rating));
    const shown = rankings(rows).map(({ items }) => items.map(({ id }) => rating.get(id) ?? Number.NaN));
    const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
    const ids = rankings(rows).flatMap(({ items }) => items.map(({ id }) => id));
    return { first: mean(shown.map(([top]) => top)), all: mean(shown.flat()), shown: new Set(ids).size };
  };

  it('shows what it prefers more often, and above', () => {
    const [none, some, much] = [0, 1, 3].map(meanRating);
    expect(some.all).toBeGreaterThan(none.all + 0.1);
    expect(much.all).toBeGreaterThan(some.all + 0.1);
    expect(Math.abs(none.first - none.all)).toBeLessThan(0.1);
    expect(some.first).toBeGreaterThan(some.all + 0.1);
    expect(much.shown).toBeLessThan(none.shown);
  });

  it('draws in proportion to the odds: the better of two stands first so often', () => {
    // Two items of one category: each list shows both.
    const two = { ...small, items: 2, categories: 1, slateSize: 2, impressions: 4000, policy: 1 };
    const { items } = trueMarket(two);
    const [a, b] = items.map((item) => averageUtility(item, effectDefaults));
    const first = lists(two).filter((list) => list.items[0].id === items[0].id).length;
    expect(first / 4000).toBeCloseTo(1 / (1 + Math.exp(b - a)), 1);
  });

  it('without a preference is the shop of before', () => {
    expect([...simulate({ ...small, policy: 0 })]).toEqual([...simulate(small)]);
  });
});

describe('effects of company', () => {
  /** Mean distance on the logit between an item in its list and the same alone. */
  const distance = (effects: SimulationOptions['effects']): number => {
    const logit = (p: number): number => Math.log(p / (1 - p));
    const truths = [...simulate({ ...small, effects })].flatMap((row) => ('truth' in row ? row.truth.items : []));
    return (
      truths.reduce((sum, { probability, alone }) => sum + Math.abs(logit(probability) - logit(alone)), 0) /
      truths.length
    );
  };

  it('are none, mild or strong, and strong where nothing is said', () => {
    expect(distance('none')).toBe(0);
    // Every effect is 0.25, where the strong ones are 1.5 to 2.6.
    expect(distance('mild') / distance('strong')).toBeGreaterThan(0.25 / 2.6);
    expect(distance('mild') / distance('strong')).toBeLessThan(0.25 / 1.5);
    expect(distance(undefined)).toBe(distance('strong'));
  });
});
