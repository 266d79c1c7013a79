import type { FieldStatistics } from '../field-values/field-statistics.ts';
import type { FieldKind } from './field-kinds.ts';
import { mixedFieldNotes } from './mixed-fields.ts';
import { type FeatureSchema, type FieldOverrides, isNameOfId } from './schema.ts';

/** One sentence per field whose kind is a guess that may be wrong, with what settles it, or that loses values. Who gave a kind in the config is asked nothing. */
export function fieldNotes(
  statistics: readonly FieldStatistics[],
  schema: FeatureSchema,
  overrides: FieldOverrides = {},
): readonly string[] {
  const doubts = statistics.flatMap((field) => {
    const name = `${field.scope}.${field.name}`;
    if (Object.hasOwn(overrides, name)) return [];
    const kind = schema[field.scope].find((each) => each.name === field.name)?.kind ?? 'ignored';
    const doubt = doubtOf(field, kind);
    if (doubt === undefined) return [];
    const verb = kind === 'ignored' ? 'is ignored' : `is taken as ${kind}`;
    return [
      `${name} ${verb}: ${doubt.because}; ${doubt.otherwise}, say "fields": {"${name}": "${doubt.kind}"} in the config`,
    ];
  });
  return [...mixedFieldNotes(statistics, schema, overrides), ...doubts];
}

interface Doubt {
  readonly because: string;
  /** When the other kind is right. */
  readonly otherwise: string;
  readonly kind: FieldKind;
}

function doubtOf(field: FieldStatistics, kind: FieldKind): Doubt | undefined {
  const { name, count, strings, numericTexts, blanks, numbers, booleans, numberLists, emptyLists } = field;
  if (field.unsafe > 0) {
    const because = `${field.unsafe} of its numbers are beyond 2^53 and have lost their last digits`;
    return {
      because,
      otherwise: 'if they are ids, give them as strings in the log; if they tell nothing',
      kind: 'ignored',
    };
  }
  if (strings === count && numericTexts > 0 && numericTexts + blanks === count) {
    const missing = blanks === 0 ? '' : `, and ${blanks} stand for none (NULL and the like)`;
    const because = `${numericTexts} of its ${count} values are numbers written as text${missing}`;
    return kind === 'numeric' || kind === 'time'
      ? {
          because: `${because}${blanks === 0 ? '' : ', which count as missing'}`,
          otherwise: 'if they are names of something',
          kind: 'category',
        }
      : { because, otherwise: 'if more or less of it means something', kind: 'numeric' };
  }
  if (kind === 'numeric' && numbers === count && booleans === 0 && field.fractions === 0 && isNameOfId(name))
    return { because: 'whole numbers under the name of an id', otherwise: 'if it is a category', kind: 'category' };
  if (numberLists === 0 || numberLists + emptyLists < count) return undefined;
  return doubtOfLists(field, kind);
}

function doubtOfLists({ shortest, longest, fractions }: FieldStatistics, kind: FieldKind): Doubt | undefined {
  const lengths = shortest === longest ? `${longest}` : `${shortest} to ${longest}`;
  const because = `lists of ${fractions === 0 ? 'whole ' : ''}numbers, ${lengths} each`;
  if (kind === 'tags') return { because, otherwise: 'if the numbers are no ids', kind: 'ignored' };
  if (kind === 'ignored')
    return { because: `${because}: a vector has one length`, otherwise: 'if the numbers are ids', kind: 'tags' };
  return fractions === 0 ? { because, otherwise: 'if the numbers are ids', kind: 'tags' } : undefined;
}
