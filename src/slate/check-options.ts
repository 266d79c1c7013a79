import { z } from 'zod';
import { InputError } from './input-error.ts';
import { foundInstead } from './rejected-event.ts';
import { issueOf, issuePath } from './strict-schema.ts';

/** Throws `InputError` where the options of a public function, named in `where`, are not as its schema says. What is given stays as it is: no copy is made. */
export function checkOptions(schema: z.ZodType, given: unknown, where: string): void {
  const parsed = schema.safeParse(given);
  if (parsed.success) return;
  const sentence = issueOf(parsed.error, given);
  const remedy = /[?;]/.test(sentence) ? '' : '; mend the options';
  throw new InputError(
    `${where}: ${issuePath(parsed.error).join('.') || 'options'}: ${sentence}${remedy}`,
    'invalid-option',
  );
}

/** A value of a type that no schema describes, by a question to it; `expected` says what it is. */
export const valueThat = (expected: string, isSound: (value: unknown) => boolean): z.ZodType =>
  z.custom((value) => isSound(value), {
    error: ({ input }) => `expected ${expected}, ${foundInstead(input)}`,
  });

/** An object with a method of this name. */
export const valueWith = (method: string, expected: string): z.ZodType =>
  valueThat(
    expected,
    (value) => typeof (value as Readonly<Record<string, unknown>> | null | undefined)?.[method] === 'function',
  );
