/** What would be, if: what is asked, and what is answered. */
import { z } from 'zod';
import { strictKeys } from '../../slate/strict-schema.ts';
import type { WhatIfBody } from '../client/body-types.ts';
import type { WhatIfAnswer } from '../client/page-types.ts';
import { LONGEST_DEADLINE, LONGEST_ID, MOST_EXPLAINED, MOST_SWAPS } from './limits.ts';
import { explainedListSchema } from './list-request.ts';
import { modelName } from './model-name.ts';
import { namedSchema } from './named.ts';
import { changesSchema, idSchema } from './values.ts';

/** Fields of items by id, for one answer. */
export const asIfSchema: z.ZodType<NonNullable<WhatIfBody['asIf']>> = namedSchema(
  'FieldsAsIf',
  'Of items by id: fields that are taken to have these values in this answer, such as `{"large": {"price": 140}}`; null takes a field away.',
  z.record(
    z
      .string()
      .min(1)
      .max(LONGEST_ID)
      .regex(/^(?!__proto__$)/),
    changesSchema,
  ),
);

export const whatIfBody: z.ZodType<WhatIfBody> = namedSchema(
  'WhatIfBody',
  'A list as it might be.',
  strictKeys({
    model: modelName.optional().describe('The active one where it is left out.'),
    list: explainedListSchema.describe('The list, as it would be shown.'),
    asIf: asIfSchema.optional(),
    swaps: z
      .array(idSchema)
      .max(MOST_SWAPS)
      .optional()
      .describe('Items that are not on the list: the best exchange of one of them for one that is on it is told.'),
    pinned: z
      .array(idSchema)
      .max(MOST_EXPLAINED)
      .optional()
      .describe('Items of the list that stay: no exchange takes one of them out.'),
    deadlineMs: z
      .int()
      .min(1)
      .max(LONGEST_DEADLINE)
      .optional()
      .describe('Milliseconds after which it is refused instead.'),
  }),
);

const item = z.strictObject({
  item: z.string(),
  position: z.int().min(0),
  probability: z.number().describe('That the item is clicked in the company of the list.'),
  alone: z.number().describe('The same at its place with nothing beside it.'),
  anyClickChange: z.number().describe('What its being there changes in the probability that anything is clicked.'),
});

const swap = z.strictObject({
  out: z.string().describe('The item that leaves.'),
  in: z.string().describe('The item that takes its place.'),
  expectedClicks: z.number(),
  anyClick: z.number(),
  tried: z.int().min(0).describe('Exchanges that were tried.'),
  of: z.int().min(0).describe('All that there are.'),
});

export const whatIfAnswer: z.ZodType<WhatIfAnswer> = namedSchema(
  'WhatIfAnswer',
  'What the list would be like.',
  z.strictObject({
    model: z.string().describe('That answered.'),
    sequence: z.int().min(0).describe('The answer knows of the events up to this one at least.'),
    request: z.string(),
    items: z.array(item).max(MOST_EXPLAINED).describe('In the order of the request.'),
    expectedClicks: z.number().describe('Sum of the probabilities.'),
    anyClick: z.number().describe('Probability of at least one click.'),
    influence: z
      .array(z.array(z.number().nullable()))
      .describe('Row j, column i: what item j of the list does to the click probability of item i.'),
    swap: swap.optional().describe('The exchange that brings the most expected clicks; only where `swaps` were given.'),
    asOf: z
      .number()
      .optional()
      .describe('Of a request from before the latest event: its time, as of which it is answered; epoch milliseconds.'),
    warnings: z.array(z.string()).optional().describe('What is odd about the request.'),
  }),
);
