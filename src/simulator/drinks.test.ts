import { expect, it } from 'vitest';
import { type Drink, drinkProbability, drinkProbabilityIn, simulateDrinks } from './drinks.ts';

const PRICES = { small: 100, medium: 140, large: 150 } as const;
const revenue = (...menu: Drink[]): number =>
  menu.reduce((sum, drink) => sum + drinkProbability(drink, menu) * PRICES[drink], 0);

it('the best menu of two by revenue holds the Medium, which hardly anybody buys', () => {
  expect(revenue('small', 'large')).toBeCloseTo(90, 10);
  expect(revenue('medium', 'large')).toBeCloseTo(105.9, 10);
  expect(revenue('small', 'medium')).toBeLessThan(90);
});

it('clicks come as often as the truth says', () => {
  const shown = new Map<string, { expected: number; clicks: number }>();
  const menus = new Map<string, readonly string[]>();
  for (const row of simulateDrinks({ impressions: 20_000, seed: 5 })) {
    if ('truth' in row) {
      const { list, items } = row.truth;
      menus.set(
        list,
        items.map(({ id }) => id),
      );
      for (const { id, probability } of items) of(id, list).expected += probability;
    } else if (row.event.event === 'interaction') of(row.event.item, row.event.ranking).clicks++;
  }
  expect(shown.size).toBe(11);
  for (const { expected, clicks } of shown.values())
    expect(Math.abs(clicks - expected)).toBeLessThan(4 * Math.sqrt(expected));

  function of(id: string, list: string): { expected: number; clicks: number } {
    const key = `${id} of ${[...(menus.get(list) ?? [])].sort()}`;
    const known = shown.get(key) ?? { expected: 0, clicks: 0 };
    shown.set(key, known);
    return known;
  }
});

it('another truth moves the logit: company, the place on the menu, the odds of a click', () => {
  const logit = (p: number): number => Math.log(p / (1 - p));
  const menu: readonly Drink[] = ['small', 'medium', 'large'];
  const large = (truth: Parameters<typeof drinkProbabilityIn>[0], place = 0): number =>
    logit(drinkProbabilityIn(truth, 'large', { menu, place }));
  expect(drinkProbabilityIn({}, 'large', { menu, place: 2 })).toBe(0.65);
  expect(large({ company: 0 })).toBeCloseTo(logit(0.3), 12);
  expect(large({ company: 2 })).toBeCloseTo(2 * logit(0.65) - logit(0.3), 12);
  expect(large({ position: 0.5 }, 2)).toBeCloseTo(logit(0.65) - 0.5 * Math.log(3), 12);
  expect(large({ odds: 2 })).toBeCloseTo(logit(0.65) + Math.log(2), 12);
});

it('the articles own truth is that of no truth at all: the same log', () => {
  const log = (truth?: Parameters<typeof drinkProbabilityIn>[0]): string =>
    JSON.stringify([...simulateDrinks({ impressions: 50, seed: 2, truth })]);
  expect(log({ company: 1, position: 0, odds: 1 })).toBe(log());
  expect(log({ company: 0 })).not.toBe(log());
});
