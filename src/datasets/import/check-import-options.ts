import { z } from 'zod';
import { checkOptions, valueThat } from '../../slate/check-options.ts';
import { strictObject } from '../../slate/strict-schema.ts';

const schema = strictObject({
  joinWindow: z.number().positive().optional(),
  labelTypes: z.array(z.string().min(1)).min(1).optional(),
  openBytes: z.number().int().min(1).optional(),
  firstPosition: z.number().int().min(0).max(1).optional(),
  since: z.number().min(0).optional(),
  workers: z.number().int().min(1).max(256).optional(),
  keepsRejected: z.boolean().optional(),
  onProgress: valueThat('a function', (value) => typeof value === 'function').optional(),
  signal: z.instanceof(AbortSignal).optional(),
  rejectedPath: z.string().min(1).optional(),
});

/** Throws `InputError` for options of an import that are not valid; `where` names the function. */
export const checkImportOptions = (options: unknown, where: string): void => checkOptions(schema, options, where);
