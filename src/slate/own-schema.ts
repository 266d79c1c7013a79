/** Zod schemas that a caller's definition brings. */
import type { z } from 'zod';
import { type OwnFunction, threw } from './own-function.ts';

/** Whether it is a schema of Zod 4. */
export const isSchema = (value: unknown): value is z.ZodType =>
  typeof value === 'object' && value !== null && '_zod' in value;

/** What a schema makes of a value. Throws `InputError` where the schema throws, as a refinement of its writer may, and where it is asynchronous. */
export function readBy<T extends z.ZodType>(
  schema: T,
  value: unknown,
  own: () => OwnFunction,
): z.ZodSafeParseResult<z.output<T>> {
  try {
    return schema.safeParse(value);
  } catch (error) {
    throw threw(own(), error);
  }
}
