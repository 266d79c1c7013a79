import { expect, it } from 'vitest';
import { type Drink, drinkProbability, simulateDrinks } from './drinks.ts';

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
