import { strictObject } from '../../slate/strict-schema.ts';
import { defineRule, type RuleDefinition } from './define-rule.ts';
import { countSchema, type FieldIs, fieldIsText, nameSchema, valueSchema } from './field-is.ts';

/** At least `count` items with the value. */
export interface AtLeast extends FieldIs {
  readonly count: number;
}

export const atLeast: RuleDefinition<'atLeast', readonly AtLeast[], AtLeast> = defineRule({
  name: 'atLeast',
  schema: strictObject({ field: nameSchema, value: valueSchema, count: countSchema }),
  sentence: (entry) => `at least ${entry.count} of ${fieldIsText(entry)}`,
  names: ({ field, value }) => [{ field, value }],
  demands: ({ field, value, count }, { having }) => [{ members: having(field, value), atLeast: count }],
});
