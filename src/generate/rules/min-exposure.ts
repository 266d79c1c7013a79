import { z } from 'zod';
import { strictObject } from '../../slate/strict-schema.ts';
import { defineRule, type RuleDefinition } from './define-rule.ts';
import { type FieldIs, fieldIsText, nameSchema, valueSchema } from './field-is.ts';

/** Items with the value get at least this share of the page's attention; see `generate/demands/attention.ts`. */
export interface MinExposure extends FieldIs {
  readonly share: number;
}

const percent = (share: number): number => Number((share * 100).toFixed(2));

export const minExposure: RuleDefinition<'minExposure', readonly MinExposure[], MinExposure> = defineRule({
  name: 'minExposure',
  schema: strictObject({ field: nameSchema, value: valueSchema, share: z.number().min(0).max(1) }),
  sentence: (entry) => `at least ${percent(entry.share)} % of the attention to ${fieldIsText(entry)}`,
  names: ({ field, value }) => [{ field, value }],
  demands: ({ field, value, share }, { having }) => [{ members: having(field, value), share }],
});
