import { z } from 'zod';
import { checkOptions } from '../../slate/check-options.ts';
import { InputError } from '../../slate/input-error.ts';
import { oneOf, strictObject } from '../../slate/strict-schema.ts';
import { effectNames } from '../choice-model.ts';
import { shiftNames } from './shift-tastes.ts';
import type { VisitsOptions } from './visits-options.ts';

const count = z.number().int().min(1);

const schema = strictObject({
  seed: z.number(),
  items: count,
  users: count,
  categories: count,
  tastes: z.number().min(0).max(5).optional(),
  visits: count,
  candidates: count,
  shiftDay: count.optional(),
  shift: oneOf(shiftNames).optional(),
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
