import { z } from 'zod';
import type { FieldScalar } from './candidate.ts';

/** Items whose field has this value; a field that is a list has each of its values. `1` is not `"1"`. */
export interface FieldIs {
  readonly field: string;
  readonly value: FieldScalar;
}

/** Ids are texts in rules, also those that events give as numbers. */
export const nameSchema: z.ZodString = z
  .string({
    error: ({ input }) =>
      typeof input === 'number' ? `expected a text, found ${input}; write ${JSON.stringify(`${input}`)}` : undefined,
  })
  .min(1);
export const valueSchema: z.ZodUnion<[z.ZodString, z.ZodNumber, z.ZodBoolean]> = z.union([
  z.string(),
  z.number(),
  z.boolean(),
]);
export const countSchema: z.ZodNumber = z.number().int().min(0);

/** In words: `category drama`. */
export const fieldIsText = ({ field, value }: FieldIs): string => `${field} ${value}`;
