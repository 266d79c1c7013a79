import type { FieldKindDefinition, VectorColumns } from './field-kind.ts';
import { areNumberLists, numberListsOf } from './number-lists.ts';

/** A given embedding: lists of numbers, all of one length. */
export const vectorKind: FieldKindDefinition<'vector', readonly number[], VectorColumns> = {
  kind: 'field kind',
  name: 'vector',
  columns: { form: 'vector' },
  claims: (field) =>
    areNumberLists(field) && field.shortest === field.longest && (field.longest > 1 || field.fractions > 0),
  doubt: (field) =>
    areNumberLists(field) && field.fractions === 0
      ? { because: numberListsOf(field), otherwise: 'if the numbers are ids', kind: 'tags' }
      : undefined,
  lacks: ({ numberLists, shortest, longest }) =>
    numberLists === 0 || shortest !== longest
      ? { wanted: 'lists of numbers of one length', found: numberLists }
      : undefined,
  lost: ({ count, numberLists }) => count - numberLists,
};
