/** The article's opening scene: beside Small (100 yen) and Large (150 yen), a Medium at 140 yen changes who buys the Large. */

import { createRng } from '../random/rng.ts';
import { type ArgumentForm, checkArgument } from '../slate/check-argument.ts';
import { InputError } from '../slate/input-error.ts';
import { unlike } from '../slate/nearest-name.ts';
import { checkDrinks } from './check-simulation.ts';
import type { SimulatedRow } from './simulate.ts';
import { START } from './world.ts';

const DRINKS = [
  { id: 'small', size: 'S', price: 100, ml: 250 },
  { id: 'medium', size: 'M', price: 140, ml: 350 },
  { id: 'large', size: 'L', price: 150, ml: 500 },
] as const;

/** A size of drink. */
export type Drink = (typeof DRINKS)[number]['id'];

const NAMES: readonly Drink[] = DRINKS.map(({ id }) => id);

const MENU: ArgumentForm = {
  expected: 'a list of drinks',
  remedy: "give one such as ['small', 'large']",
  isSound: Array.isArray,
};

/** Another truth than the article's, in which each is 1, 0 and 1. */
export interface DrinkTruth {
  /** How much company counts: 0 not at all, 2 twice as much on the logit. */
  readonly company?: number | undefined;
  /** Logit that is lost per unit of log(position + 1). */
  readonly position?: number | undefined;
  /** What the odds of every click are multiplied by. */
  readonly odds?: number | undefined;
}

/** True click probability of a drink beside others: the Medium, dearer per millilitre than the Large, makes the Large look cheap. */
export function drinkProbability(drink: Drink, menu: readonly Drink[]): number {
  checkArgument(menu, 'drinkProbability', MENU);
  for (const each of [drink, ...menu])
    if (!NAMES.includes(each)) throw new InputError(`drinkProbability: ${unlike(each, NAMES)}`, 'unknown-name');
  const decoy = menu.includes('medium') && menu.includes('large');
  if (drink === 'large') return decoy ? 0.65 : 0.3;
  if (drink === 'small') return decoy ? 0.3 : 0.45;
  return menu.includes('large') ? 0.06 : 0.25;
}

/** The same at a place of the menu, counted from 0, in another truth. */
export function drinkProbabilityIn(
  { company = 1, position = 0, odds = 1 }: DrinkTruth,
  drink: Drink,
  { menu, place }: { readonly menu: readonly Drink[]; readonly place: number },
): number {
  const beside = drinkProbability(drink, menu);
  if (company === 1 && position === 0 && odds === 1) return beside;
  const alone = logitOf(drinkProbability(drink, [drink]));
  const logit = alone + company * (logitOf(beside) - alone) + Math.log(odds) - position * Math.log(place + 1);
  return 1 / (1 + Math.exp(-logit));
}

const logitOf = (probability: number): number => Math.log(probability) - Math.log1p(-probability);

const MENUS: readonly (readonly Drink[])[] = [
  ['small', 'large'],
  ['small', 'medium', 'large'],
  ['small', 'medium'],
  ['medium', 'large'],
  ['small'],
  ['large'],
];

/** A log of menus shown in random order, each with its truth. `alone` is the probability on a menu of that drink only. */
export function* simulateDrinks(options: {
  readonly impressions: number;
  readonly seed: number;
  /** Whether every shown drink carries the probability of its place. */
  readonly propensities?: boolean | undefined;
  /** The article's where left out. */
  readonly truth?: DrinkTruth | undefined;
}): Generator<SimulatedRow> {
  checkDrinks(options);
  const rng = createRng(options.seed).split('drinks');
  for (const { id, size, price, ml } of DRINKS) {
    yield { event: { event: 'item', item: id, time: START - 1000, fields: { size, price, ml } } };
  }
  for (let n = 0; n < options.impressions; n++) {
    const menu = rng.shuffle([...MENUS[rng.integer(MENUS.length)]]);
    const time = START + n * 60_000;
    const list = `r${n + 1}`;
    const user = `u${rng.integer(500) + 1}`;
    const truth = menu.map((id, place) => ({
      id,
      probability: drinkProbabilityIn(options.truth ?? {}, id, { menu, place }),
      alone: drinkProbabilityIn(options.truth ?? {}, id, { menu: [id], place }),
    }));
    const items = menu.map((id, k) => ({
      id,
      fields: {},
      ...(options.propensities ? { propensity: 1 / (menu.length - k), placePropensity: 1 / menu.length } : {}),
    }));
    yield { event: { event: 'ranking', id: list, time, user, fields: {}, items } };
    yield { truth: { list, user, items: truth } };
    for (const { id, probability } of truth) {
      if (rng.next() < probability) {
        yield { event: { event: 'interaction', ranking: list, time: time + 2000, user, item: id, type: 'click' } };
      }
    }
  }
}
