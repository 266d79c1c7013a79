import { strictObject } from '../../slate/strict-schema.ts';
import { defineRule, type RuleDefinition } from './define-rule.ts';
import { countSchema, nameSchema } from './field-is.ts';

/** The item stands on this place. */
export interface Pin {
  readonly item: string;
  /** 0-based. */
  readonly position: number;
}

const sentence = ({ item, position }: Pin): string => `pin ${item} at place ${position + 1}`;

export const pin: RuleDefinition<'pin', readonly Pin[], Pin> = defineRule({
  name: 'pin',
  schema: strictObject({ item: nameSchema, position: countSchema }),
  sentence,
  names: () => [],
  refusal({ item, position }, { indexOf, candidates, size }) {
    const rule = sentence({ item, position });
    if (indexOf(item) === undefined)
      return `${rule}: expected one of the ${candidates.length} candidates, found no ${item} there; drop the pin`;
    if (position < size) return undefined;
    return `${rule}: expected a position below ${size}, found ${position} for a slate of ${size} (${candidates.length} candidates); move the pin`;
  },
  demands: ({ item, position }, { indexOf }) => [{ candidate: indexOf(item), place: position }],
});
