import { defineRule, type RuleDefinition } from './define-rule.ts';
import { nameSchema } from './field-is.ts';

/** Excluded ids that are told by name. */
const LISTED = 3;

/** Ids that are never shown; ids that are no candidates may be named. */
export const exclude: RuleDefinition<'exclude', readonly string[], string> = defineRule({
  name: 'exclude',
  schema: nameSchema,
  most: Infinity,
  sentence: (id) => `exclude ${id}`,
  together: (ids) => `exclude ${ids.length > LISTED ? `${ids.length.toLocaleString('en')} ids` : ids.join(', ')}`,
  names: () => [],
  relevant(ids, { indexOf }) {
    const known = new Set<string>();
    for (const id of ids) if (indexOf(id) !== undefined) known.add(id);
    return [...known];
  },
  demands(id, { indexOf }) {
    const n = indexOf(id);
    return [{ never: n === undefined ? [] : [n] }];
  },
});
