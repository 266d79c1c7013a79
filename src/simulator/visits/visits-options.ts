import { z } from 'zod';
import { checkOptions } from '../../slate/check-options.ts';
import { InputError } from '../../slate/input-error.ts';
import { strictObject } from '../../slate/strict-schema.ts';
import { type ClickOptions, effectNames } from '../choice-model.ts';
import { type WorldOptions, worldDefaults } from '../world.ts';

/** A market that people visit day by day. */
export interface VisitsOptions extends WorldOptions, ClickOptions {
  /** Of each day. */
  readonly visits: number;
  /** Items that a visit's list is made of, drawn from all that are on sale. */
  readonly candidates: number;
  /** From this day on, counted from 1, every user likes of a category what they liked of another before; never where it is left out. */
  readonly shiftDay?: number | undefined;
  /** Items that come on sale each day, from the second on; none where it is left out. */
  readonly newItems?: number | undefined;
}

/** A market of some size with 500 visits a day. */
export const visitsDefaults: VisitsOptions = { ...worldDefaults, visits: 500, candidates: 40 };

const count = z.number().int().min(1);

const schema = strictObject({
  seed: z.number(),
  items: count,
  users: count,
  categories: count,
  visits: count,
  candidates: count,
  shiftDay: count.optional(),
  newItems: z.number().int().min(0).optional(),
  effects: z.enum(effectNames).optional(),
  base: z.number().min(-20).max(20).optional(),
});

/** Throws `InputError` for options of a visited market that are not valid. */
export function checkVisits(options: VisitsOptions): void {
  checkOptions(schema, options, 'visitedMarket');
  const { items, candidates, categories, shiftDay } = options;
  if (candidates > items)
    throw new InputError(
      `visitedMarket: candidates: expected at most the ${items} items on sale, found ${candidates}; lower it, or raise items`,
      'invalid-option',
    );
  if (shiftDay !== undefined && categories < 2)
    throw new InputError(
      `visitedMarket: shiftDay: expected two categories at least, between which tastes can shift, found ${categories}; leave it out`,
      'invalid-option',
    );
}
