import { describe, expect, it } from 'vitest';
import { simulate } from '../simulate.ts';
import { simulationDefaults } from '../simulation-options.ts';
import { type VisitedMarket, visitedMarket } from './visited-market.ts';
import { type VisitsOptions, visitsDefaults } from './visits-options.ts';

const options: VisitsOptions = { ...visitsDefaults, seed: 3, items: 60, users: 40, visits: 200, candidates: 20 };
const market = visitedMarket(options);
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

it('is visited by the same people in every run, whatever day is asked for first', () => {
  const again = visitedMarket(options);
  const later = again.visitsOf(2);
  expect(again.visitsOf(1)).toEqual(market.visitsOf(1));
  expect(market.visitsOf(2)).toEqual(later);
  expect(later.map(({ user }) => user.id)).not.toEqual(market.visitsOf(1).map(({ user }) => user.id));
});

it('has visits in the order of time, within their day, each with different candidates that are on sale', () => {
  const days = [1, 2].map((day) => market.visitsOf(day));
  const times = days.flat().map(({ time }) => time);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  expect(days[1][0].time).toBeGreaterThanOrEqual(Math.floor(days[0][0].time / 86_400_000 + 1) * 86_400_000);
  for (const { candidates } of days.flat()) expect(new Set(candidates.map(({ id }) => id)).size).toBe(20);
  expect(new Set(days.flat().flatMap(({ candidates }) => candidates)).size).toBeGreaterThan(50);
});

it('is the market of a log with the same seed, and goes on after it', () => {
  const log = { ...simulationDefaults, seed: 3, items: 60, users: 40, impressions: 50 };
  const events = [...simulate(log)].flatMap((row) => ('event' in row ? [row.event] : []));
  const told = market.everythingOn(1);
  const known = events.filter(({ event }) => event === 'item' || event === 'user');
  expect(told.map(({ time: _, ...event }) => event)).toEqual(known.map(({ time: _, ...event }) => event));
  const lists = events.flatMap((event) => (event.event === 'ranking' ? [event.time] : []));
  expect(told[0].time).toBeGreaterThan(Math.max(...lists));
  expect(told[0].time).toBeLessThan(market.visitsOf(1)[0].time);
});

describe('clicks', () => {
  it('come as often as the truth says, within 21 seconds', () => {
    let expected = 0;
    let found = 0;
    let variance = 0;
    for (const day of [1, 2, 3, 4, 5])
      for (const visit of market.visitsOf(day)) {
        const shown = visit.candidates.slice(0, 6);
        for (const p of market.probabilities(visit, shown)) {
          expected += p;
          variance += p * (1 - p);
        }
        const clicks = market.clicks(visit, shown);
        found += clicks.length;
        for (const { time, ranking } of clicks) {
          expect(ranking).toBe(visit.id);
          expect(time - visit.time).toBeGreaterThanOrEqual(1000);
          expect(time - visit.time).toBeLessThan(21_000);
        }
      }
    expect(Math.abs(found - expected)).toBeLessThan(4 * Math.sqrt(variance));
  });

  it('on an item do not depend on others that change nothing for it', () => {
    const plain = visitedMarket({ ...options, effects: 'none' });
    const clicked = (visit: ReturnType<VisitedMarket['visitsOf']>[number], shown: number): readonly string[] =>
      plain.clicks(visit, visit.candidates.slice(0, shown)).map(({ item }) => item);
    let clicks = 0;
    for (const visit of plain.visitsOf(1)) {
      const firstThree = visit.candidates.slice(0, 3).map(({ id }) => id);
      const few = clicked(visit, 3);
      expect(clicked(visit, 8).filter((id) => firstThree.includes(id))).toEqual(few);
      clicks += few.length;
    }
    expect(clicks).toBeGreaterThan(20);
  });
});

describe('tastes that shift', () => {
  const shifted = visitedMarket({ ...options, shiftDay: 2 });

  it('are others from that day on, of the same people, who look the same', () => {
    expect(shifted.visitsOf(1)).toEqual(market.visitsOf(1));
    const [before, after] = [market, shifted].map((each) => each.visitsOf(2));
    expect(after.map(({ user: { fields, id } }) => ({ fields, id }))).toEqual(
      before.map(({ user: { fields, id } }) => ({ fields, id })),
    );
    for (const [n, { user }] of after.entries()) {
      const tastes = [...before[n].user.tastes];
      expect([...user.tastes]).toEqual([...tastes.slice(4), ...tastes.slice(0, 4)]);
    }
    expect(shifted.newsOf(2)).toEqual([]);
  });

  it('are turned round where it is asked for: what was liked best is liked least', () => {
    const reversed = visitedMarket({ ...options, shiftDay: 2, shift: 'reversed' });
    const [before, after] = [market, reversed].map((each) => each.visitsOf(2));
    const byTaste = (tastes: Float64Array): readonly number[] =>
      [...tastes.keys()].sort((a, b) => tastes[a] - tastes[b]);
    for (const [n, { user }] of after.entries()) {
      const { tastes } = before[n].user;
      expect(byTaste(user.tastes)).toEqual(byTaste(tastes).toReversed());
      expect(user.tastes.toSorted()).toEqual(tastes.toSorted());
    }
  });

  it('change what is clicked', () => {
    const rates = [market, shifted].map((each) =>
      each.visitsOf(2).map((visit) => mean([...each.probabilities(visit, visit.candidates)])),
    );
    const moved = mean(rates[0].map((rate, n) => Math.abs(rate - rates[1][n])));
    expect(moved).toBeGreaterThan(0.01);
  });
});

it('has tastes of the size that is asked for', () => {
  const spreadOf = (tastes: number): number => {
    const users = visitedMarket({ ...options, tastes }).visitsOf(1);
    return Math.sqrt(mean(users.flatMap(({ user }) => [...user.tastes].map((taste) => taste ** 2))));
  };
  // What is hidden of each taste has its own size.
  expect(spreadOf(2) / spreadOf(1)).toBeGreaterThan(1.9);
  expect(spreadOf(2) / spreadOf(1)).toBeLessThan(2);
  expect(visitedMarket({ ...options, tastes: 0.8 }).visitsOf(1)).toEqual(market.visitsOf(1));
});

it('has new items each day, which are told that morning and can be shown from then on', () => {
  const growing = visitedMarket({ ...options, newItems: 30 });
  expect(growing.everythingOn(1)).toEqual(market.everythingOn(1));
  const news = growing.newsOf(3).flatMap((event) => (event.event === 'item' ? [event.item] : []));
  expect(news).toEqual(Array.from({ length: 30 }, (_, n) => `i${60 + 30 + n + 1}`));
  const shownOn = (day: number): Set<string> =>
    new Set(growing.visitsOf(day).flatMap(({ candidates }) => candidates.map(({ id }) => id)));
  expect(news.filter((id) => shownOn(2).has(id))).toEqual([]);
  expect(news.filter((id) => !shownOn(3).has(id))).toEqual([]);
  const items = growing.everythingOn(3).filter(({ event }) => event === 'item');
  expect(items.length).toBe(60 + 2 * 30);
});

it.each<[string, Partial<VisitsOptions>]>([
  ['visitedMarket: candidates: expected at most the 60 items on sale, found 61', { candidates: 61 }],
  ['visitedMarket: visits: expected number to be >=1, found 0', { visits: 0 }],
  ['visitedMarket: shift: expected', { shiftDay: 2, shift: 'back' as never }],
  ['visitedMarket: tastes: expected number to be >=0, found -1', { tastes: -1 }],
  ['visitedMarket: shiftDay: expected two categories at least', { categories: 1, shiftDay: 2 }],
])('is not made of options that are none: %s', (sentence, wrong) => {
  expect(() => visitedMarket({ ...options, ...wrong })).toThrow(sentence);
});
