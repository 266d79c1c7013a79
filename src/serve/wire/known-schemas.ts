/** Items and users that are known, and requests to begin with. */
import { z } from 'zod';
import { strictKeys } from '../../slate/strict-schema.ts';
import type { ItemsAnswer, StartAnswer, UsersAnswer } from '../client/page-types.ts';
import { LONGEST_ID, LONGEST_SEARCH, MOST_FOUND, MOST_STARTS } from './limits.ts';
import { askedList } from './list-request.ts';
import { namedSchema } from './named.ts';

/** What is looked for. */
export interface SearchQuery {
  readonly search?: string | undefined;
  readonly limit?: number | undefined;
}

/** `?limit=20`, at most so many. */
export const limitSchema = (most: number): z.ZodType<number | undefined> =>
  z
    .string()
    .regex(/^[0-9]{1,4}$/, { error: `expected a whole number up to ${most}` })
    .transform(Number)
    .refine((limit) => limit >= 1 && limit <= most, { error: `expected 1 to ${most}` })
    .optional()
    .describe(`How many at most; ${most} where it is left out, and never more.`);

const searched = z
  .string()
  .max(LONGEST_SEARCH)
  .optional()
  .describe('Part of an id or of a text among the fields, in any case; the first ones met where it is left out.');

export const searchQuery: z.ZodType<SearchQuery> = strictKeys({
  search: searched,
  limit: limitSchema(MOST_FOUND),
});

const fields = z
  .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string()), z.array(z.number())]))
  .describe('As they are known now.');
const found = z.strictObject({ id: z.string(), fields });
const isPartial = z.boolean().describe('There may be more: so many were found, or so many looked through.');

/** What is looked for among items, or which of them. */
export interface ItemsQuery extends SearchQuery {
  readonly id?: string | readonly string[] | undefined;
}

export const itemsQuery: z.ZodType<ItemsQuery> = strictKeys({
  search: searched,
  limit: limitSchema(MOST_FOUND),
  id: z
    .union([z.string().max(LONGEST_ID), z.array(z.string().max(LONGEST_ID)).max(MOST_FOUND)])
    .optional()
    .describe('These items and no others, as far as they are known; may be given several times.'),
});

export const itemsAnswer: z.ZodType<ItemsAnswer> = namedSchema(
  'ItemsAnswer',
  'Items that are known, those whose id begins with what is looked for first.',
  z.strictObject({ items: z.array(found), isPartial }),
);

export const usersAnswer: z.ZodType<UsersAnswer> = namedSchema(
  'UsersAnswer',
  'Users that are known, those whose id begins with what is looked for first.',
  z.strictObject({ users: z.array(found), isPartial }),
);

export const startAnswer: z.ZodType<StartAnswer> = namedSchema(
  'StartAnswer',
  'What the page of lists begins with.',
  z.strictObject({
    lists: z.array(askedList).max(MOST_STARTS).describe('Lists, each with items that could stand on it.'),
    candidates: z
      .array(z.array(z.string()))
      .max(MOST_STARTS)
      .describe('Of each list, ids of items that could stand on it too.'),
    models: z.string().optional().describe('The path of the models as the command line was given it.'),
  }),
);
