import type { FieldKindDefinition } from '../field-kinds/field-kind.ts';
import { type FieldKind, fieldKinds } from '../field-kinds/field-kinds.ts';
import { ignoredKind } from '../field-kinds/ignored.ts';
import type { FieldStatistics } from '../field-values/field-statistics.ts';
import type { FeatureSchema } from './schema.ts';

/** What a field is taken for. A field that the schema does not have is ignored. */
export function kindIn(
  schema: FeatureSchema,
  { scope, name }: Pick<FieldStatistics, 'scope' | 'name'>,
): FieldKindDefinition<FieldKind> {
  const known = schema[scope].find((field) => field.name === name);
  return known ? fieldKinds.named(known.kind) : ignoredKind;
}

/** Whether a model sees nothing of fields of this kind. */
export const isLeftOut = ({ columns }: FieldKindDefinition): boolean => columns.form === 'none';

/** `is taken as numeric`; `is ignored`. */
export const takenAs = (kind: FieldKindDefinition): string =>
  isLeftOut(kind) ? `is ${kind.name}` : `is taken as ${kind.name}`;
