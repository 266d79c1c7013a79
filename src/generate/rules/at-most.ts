import { strictObject } from '../../slate/strict-schema.ts';
import type { FieldScalar } from './candidate.ts';
import { defineRule, type RuleDefinition } from './define-rule.ts';
import { countSchema, nameSchema, valueSchema } from './field-is.ts';

/** At most `count` items with the value; without one, of each value of the field. */
export interface AtMost {
  readonly field: string;
  readonly value?: FieldScalar | undefined;
  readonly count: number;
}

export const atMost: RuleDefinition<'atMost', readonly AtMost[], AtMost> = defineRule({
  name: 'atMost',
  schema: strictObject({ field: nameSchema, value: valueSchema.optional(), count: countSchema }),
  sentence: ({ field, value, count }) =>
    `at most ${count} of ${value === undefined ? `each ${field}` : `${field} ${value}`}`,
  names: ({ field, value }) => [{ field, value }],
  demands({ field, value, count }, { byValue, having }) {
    const groups = value === undefined ? [...byValue(field).values()] : [having(field, value)];
    return groups.map((members) => ({ members, atMost: count }));
  },
});
