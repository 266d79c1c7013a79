/** What a model may be called: a name, and never a way to another folder. */
import { z } from 'zod';

export const modelName: z.ZodType<string> = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/, {
  error: 'Invalid input: expected the name of a model',
});
