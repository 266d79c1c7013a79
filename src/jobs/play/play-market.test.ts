import { describe, expect, it } from 'vitest';
import { visitedMarket } from '../../simulator/visits/visited-market.ts';
import { visitsDefaults } from '../../simulator/visits/visits-options.ts';
import type { LogEvent } from '../../slate/events.ts';
import { createItemRates } from './item-rates.ts';
import { type PlayOptions, playMarket } from './play-market.ts';
import type { Shop } from './shop.ts';
import { bestByTruth } from './true-best.ts';

const market = visitedMarket({
  ...visitsDefaults,
  seed: 3,
  items: 60,
  users: 40,
  visits: 30,
  candidates: 8,
  newItems: 2,
});
const options: PlayOptions = { size: 4, firstDay: 1, days: 2 };

/** Shows the first candidates; `told` is what it was told, in order, with a mark where it was asked. */
function firstOnes(told: (LogEvent | 'asked')[] = []): Shop {
  return {
    async show({ candidates }, size) {
      told.push('asked');
      return { items: candidates.slice(0, size).map(({ id }) => ({ id })) };
    },
    async tell(events) {
      told.push(...events);
    },
  };
}

describe('a shop that the market visits', () => {
  it('is told all that happens, in the order of time, and nothing of what comes later', async () => {
    const told: (LogEvent | 'asked')[] = [];
    await playMarket(market, firstOnes(told), options);
    const events = told.filter((each) => each !== 'asked');
    const times = events.map(({ time }) => time);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    const lists = events.flatMap((event) => (event.event === 'ranking' ? [event] : []));
    expect(lists.map(({ id }) => id)).toEqual([1, 2].flatMap((day) => market.visitsOf(day).map(({ id }) => id)));
    expect(events.filter(({ event }) => event === 'item').length).toBe(60 + 2);
    for (const [at, event] of told.entries())
      if (event !== 'asked' && event.event === 'ranking') expect(told[at - 1]).toBe('asked');
  });

  it('has its clicks counted as they were told, and as the truth expects them', async () => {
    const told: (LogEvent | 'asked')[] = [];
    const played = await playMarket(market, firstOnes(told), options);
    const clicks = told.filter((each) => each !== 'asked' && each.event === 'interaction');
    expect(clicks.length).toBeGreaterThan(10);
    expect(played.reduce((sum, day) => sum + day.clicks * day.lists, 0)).toBeCloseTo(clicks.length, 10);
    const expected = market
      .visitsOf(1)
      .map((visit) => market.probabilities(visit, visit.candidates.slice(0, 4)).reduce((sum, p) => sum + p, 0));
    expect(played[0].expected).toBeCloseTo(expected.reduce((sum, each) => sum + each, 0) / 30, 10);
    expect(played.map(({ day, lists, best }) => [day, lists, best])).toEqual([
      [1, 30, null],
      [2, 30, null],
    ]);
  });

  it('goes on with a later day as if the days before had been played here', async () => {
    const whole = await playMarket(market, firstOnes(), options);
    const told: (LogEvent | 'asked')[] = [];
    const second = await playMarket(market, firstOnes(told), { ...options, firstDay: 2, days: 1 });
    const { itemRate: _, ...day } = whole[1];
    expect(second).toMatchObject([day]);
    // It may not have heard of the first day's items.
    expect(told.filter((each) => each !== 'asked' && each.event === 'item').length).toBe(62);
  });

  it('that goes on is told once of what is on sale', async () => {
    const told: (LogEvent | 'asked')[] = [];
    await playMarket(market, firstOnes(told), { ...options, firstDay: 2, days: 1, goesOn: true });
    expect(told.filter((each) => each !== 'asked' && each.event === 'item').length).toBe(2);
    expect(told.filter((each) => each !== 'asked' && each.event === 'user')).toEqual([]);
  });

  it('may not show what was no candidate', async () => {
    const shop = { ...firstOnes(), show: async () => ({ items: [{ id: 'elsewhere' }] }) };
    await expect(playMarket(market, shop, options)).rejects.toThrow(/found "elsewhere" in the answer/);
  });

  it('is left once the signal is aborted', async () => {
    const stop = new AbortController();
    const shop = firstOnes();
    const playing = playMarket(market, shop, {
      ...options,
      signal: stop.signal,
      onVisit: (done) => done === 5 && stop.abort(new Error('enough')),
    });
    await expect(playing).rejects.toThrow('enough');
  });
});

it('the best list by the truth is mostly the best of all lists, and never far from it, where all can be looked at', async () => {
  const few = visitedMarket({ ...visitsDefaults, seed: 3, items: 60, users: 40, visits: 20, candidates: 5 });
  let equal = 0;
  for (const visit of few.visitsOf(1)) {
    let most = 0;
    for (const a of visit.candidates)
      for (const b of visit.candidates)
        for (const c of visit.candidates)
          if (new Set([a, b, c]).size === 3)
            most = Math.max(
              most,
              few.probabilities(visit, [a, b, c]).reduce((sum, p) => sum + p, 0),
            );
    const best = await bestByTruth(few, visit, 3);
    expect(best).toBeLessThanOrEqual(most + 1e-12);
    expect(best).toBeGreaterThan(0.95 * most);
    if (best > most - 1e-12) equal++;
  }
  // Exchanges end where no single one is better: of these 20 mostly.
  expect(equal).toBeGreaterThanOrEqual(16);
});

describe('item rates', () => {
  it('put what is clicked more often first, a few showings counting for little', () => {
    const rates = createItemRates();
    for (let n = 0; n < 100; n++)
      rates.saw(['often', 'seldom'], n % 2 === 0 ? ['often'] : n % 10 === 1 ? ['seldom'] : []);
    rates.saw(['once'], ['once']);
    expect(rates.best(['seldom', 'once', 'often', 'never'], 4)).toEqual(['often', 'once', 'never', 'seldom']);
    expect(rates.best(['seldom', 'once', 'often'], 1)).toEqual(['often']);
  });

  it('of nothing known are the order that was given', () => {
    expect(createItemRates().best(['b', 'a', 'c'], 2)).toEqual(['b', 'a']);
  });
});
