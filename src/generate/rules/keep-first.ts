import { defineValueRule, type RuleDefinition } from './define-rule.ts';
import { countSchema } from './field-is.ts';

/** The first so many candidates stay on the first places, in their order. */
export const keepFirst: RuleDefinition<'keepFirst', number, number> = defineValueRule({
  name: 'keepFirst',
  schema: countSchema,
  idle: (count) => count === 0,
  sentence: (count) => (count === 1 ? 'keep the first candidate' : `keep the first ${count} candidates`),
  names: () => [],
  refusal: (count, { size, candidates }) =>
    count > size
      ? `keepFirst: expected at most ${size}, found ${count} for a slate of ${size} (${candidates.length} candidates); lower it`
      : undefined,
  demands: (count) => Array.from({ length: count }, (_, place) => ({ candidate: place, place })),
});
