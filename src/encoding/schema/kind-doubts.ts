import type { Doubt, FieldKindDefinition } from '../field-kinds/field-kind.ts';
import { ignoredKind } from '../field-kinds/ignored.ts';
import type { FieldStatistics } from '../field-values/field-statistics.ts';
import { kindIn, takenAs } from './kind-in.ts';
import { mixedFieldNotes } from './mixed-fields.ts';
import type { FeatureSchema, FieldOverrides } from './schema.ts';

/** One sentence per field whose kind is a guess that may be wrong, with what settles it, or that loses values. Who gave a kind in the config is asked nothing. */
export function fieldNotes(
  statistics: readonly FieldStatistics[],
  schema: FeatureSchema,
  overrides: FieldOverrides = {},
): readonly string[] {
  const doubts = statistics.flatMap((field) => {
    const name = `${field.scope}.${field.name}`;
    if (Object.hasOwn(overrides, name)) return [];
    const kind = kindIn(schema, field);
    const doubt = doubtOf(field, kind);
    if (doubt === undefined) return [];
    return [
      `${name} ${takenAs(kind)}: ${doubt.because}; ${doubt.otherwise}, say "fields": {"${name}": "${doubt.kind}"} in the settings`,
    ];
  });
  return [...mixedFieldNotes(statistics, schema, overrides), ...doubts];
}

function doubtOf(field: FieldStatistics, kind: FieldKindDefinition): Doubt | undefined {
  if (field.unsafe === 0) return kind.doubt(field);
  return {
    because: `${field.unsafe} of its numbers are beyond 2^53 and have lost their last digits`,
    otherwise: 'if they are ids, give them as strings in the log; if they tell nothing',
    kind: ignoredKind.name,
  };
}
