/** What ids, times and fields look like on the wire. */
import { z } from 'zod';
import { strictKeys } from '../../slate/strict-schema.ts';
import { END_OF_TIMES } from '../../slate/times.ts';
import type { FieldChangesByName, FieldsByName } from '../client/body-types.ts';
import { LONGEST_ID, LONGEST_TEXT, MOST_FIELDS } from './limits.ts';
import { namedSchema } from './named.ts';

type Id = string | number;

export const idSchema: z.ZodType<Id> = z.union([z.string().min(1).max(LONGEST_ID), z.int()], {
  error: 'Invalid input: expected an id: a text that is not empty, or a whole number',
});

/** Empty: nobody known. */
export const userSchema: z.ZodType<Id> = z.union([z.string().max(LONGEST_ID), z.int()], {
  error: 'Invalid input: expected an id: a text, or a whole number',
});

export const wordSchema: z.ZodType<string> = z.string().max(LONGEST_ID);

/** Whole milliseconds, or a date with or without a time of day; whether there is such a day is seen when it is read. */
const TIME_TEXT =
  /^([0-9]{1,13}|[0-9]{4}-[0-9]{2}-[0-9]{2}([Tt ][0-9]{2}:[0-9]{2}(:[0-9]{2}([.,][0-9]{1,9})?)?( ?(Z|z|UTC|GMT|[+-][0-9]{2}(:?[0-9]{2})?))?)?)$/;

/** Milliseconds since 1970, also as a text, or ISO 8601. */
export const timeSchema: z.ZodType<string | number> = z.union(
  [z.number().min(0).lt(END_OF_TIMES), z.string().regex(TIME_TEXT)],
  { error: 'Invalid input: expected a time before 2200: milliseconds since 1970, or a text of ISO 8601' },
);

const valueSchema = z.union(
  [
    z.string().max(LONGEST_TEXT),
    z.number(),
    z.boolean(),
    z.array(z.string().max(LONGEST_TEXT)).max(MOST_FIELDS),
    z.array(z.number()).max(MOST_FIELDS),
  ],
  { error: 'Invalid input: expected a text, a number, true or false, or a list of texts or of numbers' },
);

/** Bodies with a key `__proto__` are refused before they are read. */
const fieldName: z.ZodString = z
  .string()
  .min(1)
  .max(LONGEST_ID)
  .regex(/^(?!__proto__$)/);

type Fields<V> = Record<string, V> | { name: string; value: V }[];

const fieldsOf = <V>(value: z.ZodType<V>): z.ZodType<Fields<V>> =>
  z.union([z.record(fieldName, value), z.array(strictKeys({ name: fieldName, value })).max(MOST_FIELDS)], {
    error: 'Invalid input: expected values by name, such as { "price": 140 }, or a list of { "name", "value" }',
  });

/** Values by name, or as logs have them: a list of names and values. */
export const fieldsSchema: z.ZodType<FieldsByName> = namedSchema(
  'FieldsByName',
  'Values by name, or as logs have them: a list of names and values.',
  fieldsOf(valueSchema),
);

/** Changes of fields: null deletes one. */
export const changesSchema: z.ZodType<FieldChangesByName> = namedSchema(
  'FieldChangesByName',
  'Values by name that replace what is known; null deletes a field.',
  fieldsOf(z.union([valueSchema, z.null()])),
);

export const sequenceSchema: z.ZodType<number> = z.int().min(0);
