import { z } from 'zod';
import { checkOptions, valueThat } from '../slate/check-options.ts';
import { InputError } from '../slate/input-error.ts';
import { plain, strictObject } from '../slate/strict-schema.ts';
import { effectNames } from './choice-model.ts';
import type { SimulationOptions } from './simulation-options.ts';

const count = z.number().int().min(1);
const strength = z.number().min(0).max(5).optional();
const clicks = {
  effects: z.enum(effectNames).optional(),
  base: z.number().min(-20).max(20).optional(),
  company: strength,
  position: strength,
};
const isSize = (value: unknown): boolean => Number.isInteger(value) && (value as number) >= 1;
const isRange = (value: unknown): boolean => {
  const { from, to } = (value ?? {}) as { readonly from?: number; readonly to?: number };
  return isSize(from) && isSize(to) && (from as number) <= (to as number);
};

const schema = strictObject({
  seed: z.number(),
  items: count,
  users: count,
  categories: count,
  tastes: strength,
  impressions: count,
  slateSize: valueThat('a whole number from 1, or { from, to } of such', (value) => isSize(value) || isRange(value)),
  propensities: z.boolean().optional(),
  policy: z.number().min(0).max(10).optional(),
  ...clicks,
});

const world = plain(
  z.looseObject({
    seed: z.number(),
    items: count,
    users: count,
    categories: count,
    tastes: strength,
    ...clicks,
  }),
);

/** Throws `InputError` for options of a world that are not valid; those that say how it is shown may stand beside them. */
export const checkWorld = (options: unknown): void => checkOptions(world, options, 'trueMarket');

const drinks = strictObject({
  impressions: count,
  seed: z.number(),
  propensities: z.boolean().optional(),
  truth: strictObject({
    company: strength,
    position: strength,
    odds: z.number().min(0.01).max(100).optional(),
  }).optional(),
});

/** Throws `InputError` for options of the drinks that are not valid. */
export const checkDrinks = (options: unknown): void => checkOptions(drinks, options, 'simulateDrinks');

/** Throws `InputError` for options of a simulation that are not valid. */
export function checkSimulation(options: unknown): void {
  checkOptions(schema, options, 'simulate');
  const { policy = 0, propensities } = options as SimulationOptions;
  if (policy > 0 && propensities)
    throw new InputError(
      `simulate: propensities: expected none of a shop with preferences, found policy ${policy}; leave one of the two out`,
      'invalid-option',
    );
}
