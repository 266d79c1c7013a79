import type { z } from 'zod';
import { issueOf, issuePlace } from '../../slate/strict-schema.ts';
import { HttpFault } from '../wire/http-fault.ts';

/** A part of a call as its schema reads it; undefined where the route takes none. Throws `HttpFault` for what the schema does not take. */
export function checkedPart(schema: z.ZodType | undefined, given: unknown, where: string): unknown {
  if (!schema) return undefined;
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const sentence = issueOf(parsed.error, given);
  const remedy = /[?;]/.test(sentence) ? '' : '; GET /docs describes it';
  throw new HttpFault('invalid-request', `${issuePlace(parsed.error, where)}: ${sentence}${remedy}`);
}
