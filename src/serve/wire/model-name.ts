/** What a model may be called: a name, and never a way to another folder. */
import { z } from 'zod';

export const modelName: z.ZodType<string> = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/, {
  error: 'expected the name of a model, letters, digits, points, hyphens and underlines; GET /v1/models lists them',
});
