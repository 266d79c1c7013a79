import type { FieldValue } from '../../slate/fields.ts';
import type { FieldStatistics } from '../field-values/field-statistics.ts';
import { TEXT_LENGTH } from './category.ts';
import type { FieldKindDefinition, NoColumns } from './field-kind.ts';
import { areNumberLists, numberListsOf } from './number-lists.ts';
import { doubtOfNamesThatAreNumbers } from './numbers-in-texts.ts';

/** Titles, descriptions, identifiers: what only memory could learn from, and what no other kind claims. */
export const ignoredKind: FieldKindDefinition<'ignored', FieldValue | Date, NoColumns> = {
  kind: 'field kind',
  name: 'ignored',
  columns: { form: 'none' },
  claims: () => true,
  doubt: (field) =>
    areNumberLists(field)
      ? {
          because: `${numberListsOf(field)}: a vector has one length`,
          otherwise: 'if the numbers are ids',
          kind: 'tags',
        }
      : doubtOfNamesThatAreNumbers(field),
  lacks: () => undefined,
  lost: ({ count }) => count,
};

/** Why a field that nobody gave a kind is `ignored`, in a few words for a table. */
export function ignoredReason(field: FieldStatistics): string {
  const { count, strings, numbers, booleans, numericTexts, distinct, meanLength } = field;
  if (numbers + numericTexts + booleans === count && distinct <= 1) return 'has one value only';
  if (areNumberLists(field)) return 'lists of different lengths';
  if (strings < count) return 'a mixture of numbers and other values';
  return meanLength > TEXT_LENGTH ? 'long texts' : 'its texts hardly come again';
}
