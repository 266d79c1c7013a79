/** What is typed for a field, held against the kinds that the models on the screen read it as: a server would refuse what they read nothing of. */
import { fieldKinds } from '../../src/encoding/field-kinds/field-kinds.ts';
import { unreadable } from '../../src/encoding/field-kinds/reads-value.ts';
import type { ModelsAnswer } from '../../src/serve/client/answer-types.ts';
import { shortened, valueText } from '../shared/format.ts';
import { type FieldValue, typed } from './list-state.ts';

export interface TypedField {
  /** Such as `item.price`. */
  readonly scope: 'item' | 'ranking';
  readonly name: string;
  /** The value that is known; what is typed takes its form. */
  readonly known: FieldValue | undefined;
}

/** A value, undefined where the field is left empty; or one sentence why there is none. */
export type ReadTyped = { readonly value: FieldValue | undefined } | { readonly refused: string };

export function readTyped(text: string, { scope, name, known }: TypedField, models: ModelsAnswer['models']): ReadTyped {
  const value = typed(text, known);
  if (value === undefined) return { value };
  for (const { fields } of models) {
    const kind = fieldKinds.all.find((each) => each.name === fields[`${scope}.${name}`]);
    const length = Array.isArray(known) ? known.length : undefined;
    const expected = kind && unreadable(kind.columns, value, length);
    if (expected !== undefined)
      return {
        refused: `${shortened(name, 40)}: expected ${expected}, found "${shortened(valueText(value), 40)}"; type another, or leave it empty where it is unknown`,
      };
  }
  return { value };
}
