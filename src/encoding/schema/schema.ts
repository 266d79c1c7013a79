import { z } from 'zod';
import { InputError } from '../../slate/input-error.ts';
import { unknownName } from '../../slate/nearest-name.ts';
import type { FieldKindDefinition } from '../field-kinds/field-kind.ts';
import { type FieldKind, fieldKindNames, fieldKinds } from '../field-kinds/field-kinds.ts';
import { ignoredKind } from '../field-kinds/ignored.ts';
import type { FieldScope, FieldStatistics } from '../field-values/field-statistics.ts';

export interface Field {
  readonly name: string;
  readonly kind: FieldKind;
  /** Of a vector: its length. */
  readonly length?: number | undefined;
}

export interface FeatureSchema {
  readonly item: readonly Field[];
  readonly user: readonly Field[];
  readonly ranking: readonly Field[];
  readonly rankedItem: readonly Field[];
}

const field = z.object({
  name: z.string(),
  kind: z.enum(fieldKindNames),
  length: z.number().int().positive().optional(),
});

/** The schema as it is stored and as a config may give it. */
export const featureSchema: z.ZodType<FeatureSchema> = z.object({
  item: z.array(field),
  user: z.array(field),
  ranking: z.array(field),
  rankedItem: z.array(field),
});

/** `"item.price": "numeric"`: kinds given by hand, which win over inferred ones. */
export type FieldOverrides = Readonly<Record<string, FieldKind>>;

/** Throws `InputError` where a kind is given to a field that is none of these. */
export function checkOverrides(statistics: readonly FieldStatistics[], overrides: FieldOverrides): void {
  const known = new Set(statistics.map(({ scope, name }) => `${scope}.${name}`));
  for (const key of Object.keys(overrides)) {
    if (!known.has(key)) {
      throw new InputError(
        `schema: "fields" of the settings gives a kind to a field that the log does not have: ${unknownName(key, [...known].sort())}`,
        'unknown-field',
      );
    }
  }
}

/** The kind of each of these fields. A kind given by hand to a field that is none of them waits for it. */
export function inferSchema(statistics: readonly FieldStatistics[], overrides: FieldOverrides = {}): FeatureSchema {
  const of = (scope: FieldScope): Field[] =>
    statistics
      .filter((field) => field.scope === scope)
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .map((field) => {
        const given = overrides[`${scope}.${field.name}`];
        const kind = given ? fieldKinds.named(given) : claimedBy(field);
        if (given) checkKind(field, kind);
        const length = kind.columns.form === 'vector' ? { length: field.longest } : {};
        return { name: field.name, kind: kind.name, ...length };
      });
  return { item: of('item'), user: of('user'), ranking: of('ranking'), rankedItem: of('rankedItem') };
}

const claimedBy = (field: FieldStatistics): FieldKindDefinition<FieldKind> =>
  fieldKinds.all.find((kind) => kind.claims(field)) ?? ignoredKind;

/** A kind given by hand must be one that the field's values can have. */
function checkKind(field: FieldStatistics, kind: FieldKindDefinition): void {
  const lack = kind.lacks(field);
  if (lack === undefined) return;
  throw new InputError(
    `schema: "${field.scope}.${field.name}" is to be a ${kind.name}, but the log holds ${lack.wanted} in ${lack.found} of ${field.count} events with it; give it another kind in "fields" of the settings`,
    'invalid-config',
  );
}
