import type { BagColumns, FieldKindDefinition } from './field-kind.ts';
import { areNumberLists, numberListsOf } from './number-lists.ts';

/** Several values of a vocabulary: genres, ingredients, ids of what belongs together. */
export const tagsKind: FieldKindDefinition<'tags', string | readonly string[] | readonly number[], BagColumns> = {
  kind: 'field kind',
  name: 'tags',
  columns: { form: 'bag', single: false },
  claims(field) {
    const { count, strings, stringLists, shortest, longest, fractions } = field;
    if (stringLists > 0 && stringLists + strings === count) return true;
    // Ids are whole; lists of them are of several lengths, or each of one id.
    return areNumberLists(field) && fractions === 0 && (shortest !== longest || longest === 1);
  },
  doubt: (field) =>
    areNumberLists(field)
      ? { because: numberListsOf(field), otherwise: 'if the numbers are no ids', kind: 'ignored' }
      : undefined,
  lacks: () => undefined,
  lost: () => 0,
};
