import { defineRule, type RuleDefinition } from './define-rule.ts';
import { nameSchema } from './field-is.ts';

/** No two items share a value of any of these fields: a cap of 1 on every value. */
export const unique: RuleDefinition<'unique', readonly string[], string> = defineRule({
  name: 'unique',
  schema: nameSchema,
  sentence: (field) => `no ${field} twice`,
  names: (field) => [{ field }],
  demands: (field, { byValue }) => Array.from(byValue(field).values(), (members) => ({ members, atMost: 1 })),
});
