import { describe, expect, it } from 'vitest';
import type { RankingEvent } from '../slate/events.ts';
import { simulateDrinks } from './drinks.ts';
import { type SimulatedRow, simulate } from './simulate.ts';
import { type SimulationOptions, simulationDefaults } from './simulation-options.ts';

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
