import type { FieldStatistics } from '../field-values/field-statistics.ts';
import { isLeftOut, kindIn, takenAs } from './kind-in.ts';
import type { FeatureSchema, FieldOverrides } from './schema.ts';

/** One sentence per field that holds values of several types of which some, or all, are lost to the models: such a field is rarely meant. */
export function mixedFieldNotes(
  statistics: readonly FieldStatistics[],
  schema: FeatureSchema,
  overrides: FieldOverrides = {},
): readonly string[] {
  return statistics.flatMap((field) => {
    const name = `${field.scope}.${field.name}`;
    const kind = kindIn(schema, field);
    const types = typesOf(field);
    // Who wants it ignored knows why.
    const isMeant = isLeftOut(kind) && Object.hasOwn(overrides, name);
    if (types.length < 2 || kind.lost(field) === 0 || isMeant) return [];
    const advice = isLeftOut(kind)
      ? 'mend the log, or give it a kind in "fields" of the settings'
      : 'what is of another type counts as missing';
    return [`${name} ${takenAs(kind)}: mixed types: ${types.join(', ')}; ${advice}`];
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
