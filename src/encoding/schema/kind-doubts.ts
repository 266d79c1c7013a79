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
  return [...mixedFieldNotes(statistics, schema, overrides), ...doubts, ...spellingNotes(statistics, schema)];
}

/** Of numbers and dates case says nothing. */
function spellingNotes(statistics: readonly FieldStatistics[], schema: FeatureSchema): readonly string[] {
  return statistics.flatMap((field) => {
    const { scope, name, otherSpellings } = field;
    if (otherSpellings === undefined || kindIn(schema, field).columns.form !== 'bag') return [];
    const { count, example } = otherSpellings;
    const [one, other] = example.map((value) => JSON.stringify(value));
    return [
      `${scope}.${name}: ${one} and ${other} count as different values${count > 1 ? `, and ${count - 1} more ${count === 2 ? 'is' : 'are'} alike but for the case` : ''}; write them alike in the log, if they are one`,
    ];
  });
}

function doubtOf(field: FieldStatistics, kind: FieldKindDefinition): Doubt | undefined {
  if (field.unsafe === 0) return kind.doubt(field);
  return {
    because: `${field.unsafe} of its numbers are beyond 2^53 and have lost their last digits`,
    otherwise: 'if they are ids, give them as strings in the log; if they tell nothing',
    kind: ignoredKind.name,
  };
}
