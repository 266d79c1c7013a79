import { createRegistry, type Registry } from '../../slate/registry.ts';
import { categoryKind } from './category.ts';
import type { FieldKindDefinition } from './field-kind.ts';
import { ignoredKind } from './ignored.ts';
import { numericKind } from './numeric.ts';
import { tagsKind } from './tags.ts';
import { timeKind } from './time.ts';
import { vectorKind } from './vector.ts';

/**
 * The kinds of fields, one line each. In this order they are asked whether a field is of their kind: the first that claims it has it. The last claims whatever is left. Errors list
 * them so too. Types of declarations are written, not inferred: hence `as`.
 */
const builtIn = {
  numeric: numericKind as typeof numericKind,
  time: timeKind as typeof timeKind,
  category: categoryKind as typeof categoryKind,
  tags: tagsKind as typeof tagsKind,
  vector: vectorKind as typeof vectorKind,
  ignored: ignoredKind as typeof ignoredKind,
};
type BuiltIn = typeof builtIn;

/**
 * What a field means to a model. numeric: a number (or boolean), hardly ever something else; time: a date or epoch milliseconds, known also as its age at the impression;
 * category: one value of a vocabulary; tags: several; vector: a given embedding of fixed length; ignored: titles, descriptions, identifiers and everything that only
 * memory could learn from.
 */
export type FieldKind = BuiltIn[keyof BuiltIn]['name'];

/** The values that a program may give a field of a kind. */
export type ValueOfKind<K extends FieldKind> = BuiltIn[K] extends FieldKindDefinition<K, infer Value> ? Value : never;

/** Every kind of field. */
export const fieldKinds: Registry<FieldKindDefinition<FieldKind>> = createRegistry<FieldKindDefinition<FieldKind>>(
  'field kind',
  Object.values(builtIn),
);

export const fieldKindNames: readonly FieldKind[] = fieldKinds.all.map(({ name }) => name);
