import type { FieldStatistics } from '../field-values/field-statistics.ts';
import { fieldKindParts } from './field-kinds.ts';
import type { FeatureSchema, FieldOverrides } from './schema.ts';

/** One sentence per field that holds values of several types of which some, or all, are lost to the models: such a field is rarely meant. */
export function mixedFieldNotes(
  statistics: readonly FieldStatistics[],
  schema: FeatureSchema,
  overrides: FieldOverrides = {},
): readonly string[] {
  return statistics.flatMap((field) => {
    const name = `${field.scope}.${field.name}`;
    const kind = schema[field.scope].find((each) => each.name === field.name)?.kind ?? 'ignored';
    const types = typesOf(field);
    // Who wants it ignored knows why.
    if (types.length < 2 || fieldKindParts[kind].lost(field) === 0 || overrides[name] === 'ignored') return [];
    const held = `mixed types: ${types.join(', ')}`;
    return kind === 'ignored'
      ? [`${name} is ignored: ${held}; mend the log, or give it a kind in the config`]
      : [`${name} is taken as ${kind}: ${held}; what is of another type counts as missing`];
  });
}

function typesOf({ numbers, booleans, strings, numberLists, stringLists }: FieldStatistics): readonly string[] {
  const counts: readonly (readonly [number, string])[] = [
    [numbers, 'number'],
    [booleans, 'boolean'],
    [strings, 'string'],
    [numberLists, 'list of numbers'],
    [stringLists, 'list of strings'],
  ];
  return counts.filter(([count]) => count > 0).map(([count, name]) => `${count} ${count === 1 ? name : plural(name)}`);
}

const plural = (name: string): string => (name.startsWith('list') ? name.replace('list', 'lists') : `${name}s`);
