/** Who asks, and about which items. */
import { z } from 'zod';
import { strictKeys } from '../../slate/strict-schema.ts';
import type { AskedItem, AskedList } from '../client/body-types.ts';
import { MOST_EXPLAINED, MOST_ITEMS, MOST_LISTS } from './limits.ts';
import { namedSchema } from './named.ts';
import { fieldsSchema, idSchema, timeSchema, userSchema, wordSchema } from './values.ts';

const itemShape = {
  id: idSchema.describe('Of the item.'),
  fields: fieldsSchema.optional().describe('Fields of this item in this list only, such as its relevancy.'),
  position: z.int().min(0).optional().describe('From 0, on the page; its place in the list where it is left out.'),
  row: z.int().min(0).optional(),
  col: z.int().min(0).optional(),
};

/** Keys of an item, wherever a list holds one. */
export const askedItem: z.ZodType<AskedItem> = namedSchema(
  'AskedItem',
  'An item of a list, where more is to be said than its id.',
  strictKeys(itemShape),
);

const NO_ITEM = 'Invalid input: expected an item: its id, or an object with "id"';

/** What is wrong with an object is said of it: it was meant as one. */
const itemFault = ({
  input,
  errors,
}: z.core.$ZodRawIssue & { readonly errors?: readonly z.core.$ZodIssue[][] }): string =>
  (typeof input === 'object' && input !== null ? errors?.at(-1)?.[0]?.message : undefined) ?? NO_ITEM;

const listShape = {
  id: idSchema.optional().describe('Answers name it; `request 1`, `request 2`, ... by its place where it is left out.'),
  time: timeSchema.optional().describe('When the list is shown; now where it is left out.'),
  timestamp: timeSchema.optional().describe('The same, under the name that logs have.'),
  event: z.literal('ranking').optional().describe('As logs have it; says nothing more.'),
  user: userSchema.optional().describe('Left out or empty: nobody known.'),
  session: wordSchema.optional(),
  surface: wordSchema.optional(),
  variant: wordSchema.optional(),
  policy: wordSchema.optional(),
  fields: fieldsSchema.optional().describe('Fields of the list as a whole, such as the query.'),
  items: z
    .array(z.union([idSchema, askedItem], { error: itemFault }))
    .max(MOST_ITEMS)
    .meta({ uniqueItems: true })
    .describe('The items of the list, or the candidates for one, each once; an empty list is answered as one.'),
};

export const askedList: z.ZodType<AskedList> = namedSchema(
  'AskedList',
  'Who asks, and about which items.',
  strictKeys(listShape),
);

/** One list or several of a call. */
export const askedLists: z.ZodType<AskedList[]> = z.array(askedList).min(1).max(MOST_LISTS);

/** Lists that are explained are short ones. */
export const explainedListSchema: z.ZodType<AskedList> = namedSchema(
  'ExplainedList',
  'A list that is explained: a short one, as it is shown.',
  strictKeys({
    ...listShape,
    items: listShape.items.max(MOST_EXPLAINED, {
      error: `expected at most ${MOST_EXPLAINED} items in a list to be explained, found more; ask about the list that is shown`,
    }),
  }),
);
export const explainedLists: z.ZodType<AskedList[]> = z.array(explainedListSchema).min(1).max(10);
