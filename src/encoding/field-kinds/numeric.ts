import { numberOfText } from '../field-values/text-number.ts';
import { areEpochMilliseconds } from '../field-values/time-value.ts';
import type { FieldKindDefinition, NumberColumns } from './field-kind.ts';
import { holdsNumbers } from './holds-numbers.ts';
import { isNameOfId } from './name-of-id.ts';
import { doubtOfNumbersInTexts } from './numbers-in-texts.ts';

/** Of which more or less means something: a price, a rating, whether it is open. */
export const numericKind: FieldKindDefinition<'numeric', number | boolean, NumberColumns> = {
  kind: 'field kind',
  name: 'numeric',
  columns: {
    form: 'number',
    read(value) {
      if (typeof value === 'number') return value;
      if (typeof value === 'string') return numberOfText(value);
      return typeof value === 'boolean' ? Number(value) : undefined;
    },
    values: 'numbers',
    hasAge: false,
  },
  claims: (field) => holdsNumbers(field) && (field.booleans > 0 || !areEpochMilliseconds(field)),
  doubt(field) {
    if (field.numbers === field.count && field.fractions === 0 && isNameOfId(field.name))
      return { because: 'whole numbers under the name of an id', otherwise: 'if it is a category', kind: 'category' };
    return doubtOfNumbersInTexts(field);
  },
  lacks: ({ numbers, booleans, numericTexts }) =>
    numbers + booleans + numericTexts === 0 ? { wanted: 'a number', found: 0 } : undefined,
  lost: ({ count, numbers, booleans, numericTexts }) => count - numbers - booleans - numericTexts,
};
