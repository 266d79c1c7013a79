import { strictObject } from '../../slate/strict-schema.ts';
import { defineRule, type RuleDefinition } from './define-rule.ts';
import { type FieldIs, fieldIsText, nameSchema, valueSchema } from './field-is.ts';

/** Items with this value are never shown. */
export const excludeWhere: RuleDefinition<'excludeWhere', readonly FieldIs[], FieldIs> = defineRule({
  name: 'excludeWhere',
  schema: strictObject({ field: nameSchema, value: valueSchema }),
  most: Infinity,
  sentence: (entry) => `exclude ${fieldIsText(entry)}`,
  names: (entry) => [entry],
  relevant(entries, { byValue }) {
    const left = new Map(entries.map(({ field }) => [field, new Set(byValue(field).keys())]));
    // What is kept is taken out: the next of its kind finds nothing.
    return entries.filter(({ field, value }) => left.get(field)?.delete(value));
  },
  demands: ({ field, value }, { having }) => [{ never: having(field, value) }],
});
